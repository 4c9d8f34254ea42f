"""What people see of ideas: a page, lists, the queue (product.md 3)."""

from typing import Any

import pytest

from bot.rules import suggestions as rules
from bot.services import credits
from bot.services import suggestion_pages as service
from bot.services import suggestions as ideas
from bot.services.suggestion_pages import Listed
from bot.services.suggestions import Draft
from storage import people
from storage.suggestions import Filter
from tests.ideas import done, move, send
from tests.office import Office, mentions, slack_id

SOAP = Draft("More soap", "The soap is empty by noon.", wall="front")


def titles(office: Office, who: str, *asked: Any) -> list[str]:
    listed: Listed = office.do(service.listed, slack_id(who), *asked)
    return [one.title for one in listed.ideas]


@pytest.fixture
def stocked(office: Office) -> Office:
    """A shelf that was done, soap that waits, and a lift that was declined."""
    done(office)
    send(office, "bo", SOAP)
    lift = send(office, "cy", Draft("Faster lifts", "The lift is slow.")).suggestion.id
    move(office, "lee", lift, "declined", reason="It is as fast as it goes.")
    return office


def test_each_scope_has_its_ideas(stocked: Office) -> None:
    assert titles(stocked, "ann", "open") == ["More soap"] == titles(stocked, "lee", "review")
    assert titles(stocked, "ann", "done") == ["A shelf for umbrellas"] == titles(stocked, "ann", "mine")
    assert len(titles(stocked, "ann", "all")) == 3


def test_words_find_what_fits_the_scope(stocked: Office) -> None:
    assert titles(stocked, "ann", "all", "lift") == ["Faster lifts"]
    assert titles(stocked, "ann", "open", "lift") == [] == titles(stocked, "lee", "review", "umbrella")
    assert titles(stocked, "lee", "review", "soap") == ["More soap"]


def test_the_queue_is_for_leads_and_filtered_as_they_wish(stocked: Office) -> None:
    assert stocked.refusal(service.listed, "UANN", "review").code == "leads_only"
    stocked.run(people.list_as, stocked.member("di").id, team="Kitchen")
    send(stocked, "di", Draft("Sharper knives", "They are blunt."))

    def queue(**wanted: Any) -> list[str]:
        return [one.title for one in stocked.do(service.queue, "ULEE", Filter(**wanted)).ideas]

    assert sorted(queue()) == ["More soap", "Sharper knives"]
    assert queue(wall="front") == ["More soap"] and queue(team="KITCHEN") == ["Sharper knives"]
    assert queue(states=("declined",)) == ["Faster lifts"]
    assert stocked.do(service.queue, "ULEE", Filter()).teams == ("Kitchen",)


def test_a_list_is_cut_and_says_how_many_there_are(office: Office) -> None:
    for number in range(service.SHOWN + 2):
        send(office, draft=Draft(f"Idea {number}", "It would help."))

    listed = office.do(service.listed, "UBO", "open")
    assert (len(listed.ideas), listed.total) == (service.SHOWN, service.SHOWN + 2)


def days_of_ideas(office: Office, many: int, who: str = "ann") -> list[str]:
    """Their titles, the oldest first: one a day."""
    titles = [f"Idea {number} for umbrellas" for number in range(many)]
    for title in titles:
        send(office, who, Draft(title, "It would help."))
        office.later(days=1)
    return titles


def test_the_queue_begins_with_what_has_waited_the_longest_and_every_idea_of_it_can_be_reached(office: Office) -> None:
    told = days_of_ideas(office, 2 * service.SHOWN + 1)
    office.run(people.list_as, office.member("bo").id, team="Kitchen")
    send(office, "bo", SOAP)

    def queue(first: int, **wanted: Any) -> tuple[list[str], int, int]:
        found = office.do(service.queue, "ULEE", Filter(**wanted), first=first)
        return [one.title for one in found.ideas], found.first, found.total

    assert queue(0) == (told[: service.SHOWN], 0, 18)
    assert queue(8) == (told[8:16], 8, 18)
    assert queue(16) == ([told[16], "More soap"], 16, 18)
    assert queue(24) == queue(16), "so many were answered meanwhile that there is no such page"
    assert queue(0, team="Kitchen") == (["More soap"], 0, 1) == queue(8, team="Kitchen")
    assert queue(8, wall="silos") == ([], 0, 0)


def test_other_lists_begin_with_the_newest_and_go_on(office: Office) -> None:
    told = days_of_ideas(office, service.SHOWN + 2)[::-1]

    for scope in ("open", "mine", "all"):
        pages = [office.do(service.listed, "UANN", scope, first=first) for first in (0, 8)]
        assert [one.title for page in pages for one in page.ideas] == told
    everything = [
        one.title
        for first in (0, 8)
        for one in office.do(service.listed, "UANN", "all", "umbrellas", first=first).ideas
    ]
    assert sorted(everything) == sorted(told), "what words find goes on too"


def test_home_shows_a_lead_what_has_waited_the_longest(office: Office) -> None:
    told = days_of_ideas(office, service.AT_HOME + 2)
    assert [one.title for one in office.do(service.to_answer, office.member("lee")).ideas] == told[: service.AT_HOME]
    mine = office.do(service.at_home, office.member("ann")).ideas
    assert [one.title for one in mine] == told[: -service.AT_HOME - 1 : -1]


def test_words_of_a_search_are_no_longer_than_a_button_carries() -> None:
    scope, words = service.scope_of("umbrellas " * 200)
    assert scope == "all" and len(words) == rules.MAX_SOUGHT


def test_a_page_shows_what_became_of_an_idea_and_what_one_may_do(office: Office) -> None:
    idea = done(office)
    praise = office.praise("bo", "cy", "A dry floor!").praise
    office.do(credits.credit, "ULEE", praise.id, idea)
    office.do(credits.solved, "ULEE", idea, mentions("ann"))

    for who, own, moves in (("ann", True, False), ("bo", False, False), ("lee", False, True)):
        page = office.do(service.page, slack_id(who), idea)
        assert (page.own, page.moves, page.backs) == (own, moves, False)
        assert [one.became for one in page.steps] == ["accepted", "doing", "done"]
        assert [one.name for one in page.solvers] == ["Ann"]
        assert [one.id for one in page.praises] == [praise.id]


def test_whoever_backs_an_idea_sees_so(office: Office) -> None:
    idea = send(office).suggestion.id
    office.do(ideas.back, "UBO", idea, stands=True)

    assert office.do(service.page, "UBO", idea).backs and not office.do(service.page, "UCY", idea).backs
    assert office.do(service.listed, "UBO", "open").backed == {idea}


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("", ("open", "")),
        ("mine", ("mine", "")),
        ("Review lift", ("review", "lift")),
        ("slow lift", ("all", "slow lift")),
        ("毛巾", ("all", "毛巾")),
    ],
)
def test_what_is_typed_behind_the_command(text: str, scope: tuple[str, str]) -> None:
    assert service.scope_of(text) == scope
