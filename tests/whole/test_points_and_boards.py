"""Points, boards and help as people see them (product.md, Points, 5)."""

import csv
import io

import pytest
from sqlmodel import Session

from bot.workspace import staff
from storage import models, people
from tests.whole.house import PATIENCE_S, House


def table(message: dict) -> list[list[str]]:
    """The rows of the one native table of a message, heads first."""
    (found,) = (block for block in message["blocks"] if block["type"] == "data_table")
    return [[cell["text"] for cell in row] for row in found["rows"]]


async def board(house: House, user: str, typed: str = "") -> dict:
    before = await house.people.ephemerals(user)
    assert await house.type(user, f"/leaderboard {typed}") == ""
    return await house.next_ephemeral(user, before)


async def test_points_show_balance_month_last_ten_entries_and_what_is_left_to_give(house: House) -> None:
    said = await house.answered("rosa", "/points")
    assert "0 points" in said and "No entries yet" in said and "5 kudos today" in said and "not pay" in said
    await house.clock("2026-10-30 10:00")
    await house.type("noah", "/praise @rosa In October")
    await house.clock("2026-11-23 10:00")
    for recorder in ("sam", "mei", "aiko", "noah", "ling", "jun", "priya", "tomas", "chen", "hao"):
        await house.type(recorder, f"/praise @rosa In November, says {recorder}")
    await house.type("tomas", "/kudos @rosa for all that")
    await house.type("rosa", "/kudos @noah for all that")
    before = await house.people.ephemerals("rosa")
    await house.type("rosa", "/points")
    statement = await house.next_ephemeral("rosa", before)
    assert "You have 115 points" in statement["text"] and "This month you earned 105 points" in statement["text"]
    assert "4 kudos today" in statement["text"] and "Your last 10 entries" in statement["text"]
    assert [row[2] for row in table(statement)] == ["Points", "+5", *["+10"] * 9]
    for row in table(statement)[1:]:
        assert all(cell in statement["text"] for cell in row), "the text says what the table says"


async def filled(house: House) -> None:
    """ling 20, hao and jun 10 (a tie), yun 1, chen 1; noah and tomas gave."""
    await house.type("noah", "/praise @ling @hao A wonderful breakfast")
    await house.type("aiko", "/praise @ling @jun A wonderful evening")
    await house.type("noah", "/kudos @yun @chen for the night")
    await house.settled()


async def test_the_board_of_the_month(house: House) -> None:
    await filled(house)
    shown = await board(house, "rosa")
    assert "Points, this month" in shown["text"] and "Nothing counts for you here yet" in shown["text"]
    rows = table(shown)[1:]
    assert [row[0] for row in rows] == ["1", "2", "2", "4", "4"]
    assert [row[2] for row in rows] == ["20", "10", "10", "1", "1"]
    assert rows[0][1] == "ling" and {rows[1][1], rows[2][1]} == {"hao", "jun"}
    assert "Equal numbers share a place" in shown["text"] and "not pay" in shown["text"]
    assert "place 1 with 2 kudos" in (await board(house, "noah", "given"))["text"]
    own = await board(house, "chen", "week")
    said = own["text"].splitlines()
    assert said[0].startswith("*积分") and "1" in said[1], "chen reads Simplified Chinese, their own past first"
    assert "4" in said[3], "and then their place"


@pytest.mark.parametrize(
    ("typed", "title", "first"),
    [
        ("kudos", "Kudos received, this month", "1"),
        ("praise week", "Customer praise, this week", "20"),
        ("WEEK Given", "Kudos given, this week", "2"),
        ("points", "Points, this month", "20"),
    ],
)
async def test_boards_of_other_deeds_and_times(hotel: House, typed: str, title: str, first: str) -> None:
    await filled(hotel)
    shown = await board(hotel, "noah", typed)
    assert title in shown["text"] and table(shown)[1][2] == first


@pytest.mark.parametrize("period", ["quarter", "year", "all"])
async def test_over_long_times_a_place_needs_three_entries(hotel: House, period: str) -> None:
    await filled(hotel)
    shown = await board(hotel, "rosa", period)
    assert "Nobody is on this board yet" in shown["text"]
    await hotel.type("rosa", "/praise @ling A third wonder")
    shown = await board(hotel, "rosa", period)
    assert [row[1:3] for row in table(shown)[1:]] == [["ling", "30"]] and "at least 3 entries" in shown["text"]


async def test_hide_and_show(house: House) -> None:
    await filled(house)
    await house.type("hao", "/leaderboard hide")
    rows = table(await board(house, "rosa"))[1:]
    assert rows[0][1] == "ling" and "hao" not in {row[1] for row in rows}
    own = await board(house, "hao")
    assert "10" in own["text"], "one's own place is always shown"
    await house.type("hao", "/leaderboard show")
    assert "hao" in {row[1] for row in table(await board(house, "rosa"))}


async def test_one_persons_record_is_for_admins_and_for_that_person(house: House) -> None:
    await filled(house)
    shown = await board(house, "sam", "@ling")
    assert "<@U0LING0000>" in shown["text"] and table(shown)[1][2] == "20" and len(table(shown)) == 6
    before = house.dump()
    for user in ("rosa", "tomas"):
        assert "Only admins may do this" in await house.type(user, "/leaderboard @ling")
    assert table(await board(house, "rosa", "@rosa"))
    assert house.dump() == before


@pytest.mark.parametrize("typed", ["decade", "month points crowd", "hide me", "@nobody"])
async def test_a_word_that_means_nothing_is_answered_with_how_to_write_it(hotel: House, typed: str) -> None:
    before = hotel.dump()
    said = await hotel.type("noah", f"/leaderboard {typed}")
    assert "did not understand" in said and "/leaderboard hide" in said
    assert hotel.dump() == before


# ---- teams, files, and how thanks go round ---------------------------------------------------------------------------


async def teams(house: House) -> None:
    """Everybody whom the filled boards know works at the desk, with enough others; two are at the bar."""
    for name in ("ling", "hao", "jun", "yun", "chen", "tomas"):
        put(house, name, "Desk")
    for name in ("noah", "rosa"):
        put(house, name, "Bar")


def put(house: House, name: str, team: str) -> None:
    slack_id = house.slack.workspace.user_id(name)

    def story(session: Session) -> None:
        member = people.by_slack(session, staff.TEAM_ID, [slack_id])[slack_id]
        people.list_as(session, member.id, team=team)

    house.database.write_now(story)


async def test_teams_are_compared_and_ones_own_has_a_board(house: House) -> None:
    await filled(house)
    await teams(house)
    shown = await board(house, "tomas", "team")
    assert "Your team Desk is in place 1, with 7.0 a head" in shown["text"]
    assert table(shown)[1:] == [["1", "Desk (yours)", "7.0", "6"]]
    assert "fewer than 5 people" in (await board(house, "rosa", "month points TEAMS"))["text"]
    mine = await board(house, "chen", "mine")
    assert [row[0] for row in table(mine)[1:]] == ["1", "2", "2", "4", "4"]
    assert "fewer than 5" in await house.type("rosa", "/leaderboard mine")
    assert "in no team" in await house.type("priya", "/leaderboard mine")


async def test_a_whole_board_comes_as_a_file_to_admins_alone(house: House) -> None:
    await filled(house)
    await house.type("hao", "/leaderboard hide")
    before = house.dump()
    for user in ("rosa", "tomas"):
        assert "Only admins may do this" in await house.type(user, "/leaderboard export")
    assert house.dump() == before
    assert "direct message" in await house.type("sam", "/leaderboard export week praise")
    (seen,) = await house.people.wait({"dm": "sam", "contains": "Customer praise, this week"}, timeout=PATIENCE_S)
    (file,) = seen["files"]
    rows = list(csv.reader(io.StringIO((await house.people.file(file["id"])).decode("utf-8-sig"), newline="")))
    assert rows[0] == ["Place", "Name", "Team", "Points", "Times", "Shown on boards"]
    assert [(row[0], row[1], row[3], row[5]) for row in rows[1:]] == [
        ("1", "ling", "20", "yes"), ("2", "hao", "10", "no"), ("2", "jun", "10", "yes"),
    ]  # fmt: skip
    await house.settled()
    (row,) = house.rows(models.Outbox, models.Outbox.method == "file")
    assert (row["state"], row["payload"]) == ("sent", "")


async def test_economy_is_for_everybody_and_names_nobody_but_to_leads(house: House) -> None:
    await filled(house)
    await teams(house)
    shown = await house.type("rosa", "/golden-ear economy")
    assert "2 colleagues were thanked this month" in shown and "never thanked here" in shown
    assert "<@" not in shown and "ling" not in shown
    private = await house.type("tomas", "/golden-ear Economy")
    assert "Only you see this" in private and "<@U0LING0000>: a customer said on" in private
    assert "<@U0CHEN0000>" not in private, "chen was thanked"


# ---- help ----------------------------------------------------------------------------------------------------------


async def test_help_says_what_this_person_may_do(house: House) -> None:
    for_all = await house.type("noah", "/golden-ear")
    assert "/praise" in for_all and "/kudos" in for_all and "<#C0PRAISE01>" in for_all and "#care" in for_all
    assert "As a lead" not in for_all and "As an admin" not in for_all
    for_leads = await house.type("tomas", "/golden-ear help")
    assert "As a lead" in for_leads and "As an admin" not in for_leads
    for_admins = await house.type("sam", "/golden-ear HELP")
    assert "As an admin" in for_admins and "preview" in for_admins
    said = await house.type("noah", "/golden-ear dance")
    assert "did not understand" in said and "/golden-ear help" in said


async def test_the_preview_is_for_admins(house: House) -> None:
    await house.type("noah", "/praise @ling A wonderful breakfast")
    await house.settled()
    shown = await house.answered("sam", "/golden-ear preview")
    assert "only you see" in shown and "Tuesday" in shown and "09:00" in shown and "A wonderful breakfast" in shown
    before = house.dump()
    for user in ("noah", "tomas"):
        assert "Only admins may do this" in await house.type(user, "/golden-ear preview")
    assert house.dump() == before


async def test_the_preview_of_a_morning_without_praise(hotel: House) -> None:
    assert "nothing is posted" in await hotel.answered("sam", "/golden-ear preview")


async def test_the_way_out_of_the_channel_stands_in_the_help(hotel: House) -> None:
    await hotel.type("noah", "/golden-ear")
    shown = (await hotel.people.ephemerals("noah"))[-1]
    assert "stays private" in await hotel.press("noah", shown, "praise_private")
    assert "stays private" in await hotel.type("noah", "/golden-ear")
    assert "again" in await hotel.type("noah", "/golden-ear public")
