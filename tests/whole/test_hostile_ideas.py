"""Hostile words in every field of ideas, with a name and without ("It must show", 6)."""

from typing import Any
from uuid import uuid4

from bot.rules.letters import MOST_WORDS, plain
from bot.rules.suggestions import MAX_TEXT, MAX_TITLE
from storage import models
from tests.whole import forged
from tests.whole.house import House, until
from tests.whole.test_hostile import BY, HOSTILE, refused_at, sent, texts

FIELDS = {"title": MAX_TITLE, "what": MAX_TEXT, "why": MAX_TEXT}


def form(by: str, **answers: Any) -> dict[str, Any]:
    good = {"title": "More light", "what": "Lamps at the desk.", "why": None, "gains": "both", "wall": None}
    return forged.form(by, "idea_form", {"nonce": uuid4().hex}, {**good, "signed": "name", **answers})


def _kept(text: str, field: str) -> str:
    """What is stored of it: a title is one line."""
    return (" ".join(text.split()) if field == "title" else text).strip()


async def test_an_idea_is_stored_and_shown_as_it_was_written_or_refused(hotel: House) -> None:
    for field, most in FIELDS.items():
        for text, by in zip(HOSTILE.values(), (who for who in BY if who != "sam"), strict=False):
            outcome, words = await sent(hotel, form(by, **{field: text})), _kept(text, field)
            if len(words) > most:
                assert refused_at(outcome, field)
                continue
            assert words in [row[field] for row in hotel.rows(models.Suggestion)]
            shown = [" ".join(texts(one["blocks"]).split()) for one in await hotel.people.dms("sam")]
            assert any(" ".join(words.split()) in one.replace("\u2068", "").replace("\u2069", "") for one in shown)


async def test_an_idea_without_a_name_is_stored_as_it_was_written_but_for_what_nobody_sees(hotel: House) -> None:
    fitting = {text for text in HOSTILE.values() if len(text) <= MAX_TEXT}
    for text, by in zip(HOSTILE.values(), BY, strict=False):
        outcome = await sent(hotel, form(by, what=text, signed="code"))
        assert refused_at(outcome, "what") if len(text) > MAX_TEXT else "update" in str(outcome)
    await hotel.clock("2026-11-24 10:00:01")
    await until(lambda: hotel.count(models.Suggestion) == len(fitting))
    assert {row["what"] for row in hotel.rows(models.Suggestion)} == {plain(text).strip() for text in fitting}
    await hotel.dm("sam", "<!channel>".replace("<", "&lt;").replace(">", "&gt;"))
    await hotel.settled()


async def test_every_other_field_refuses_what_it_cannot_be(hotel: House) -> None:
    before = hotel.dump()
    for text in HOSTILE.values():
        for field in ("gains", "wall", "signed"):
            assert refused_at(await sent(hotel, form("noah", **{field: text})), field)
    for text in HOSTILE.values():
        for name in ("idea_code_form", "idea_claim_form"):
            made = forged.form("noah", name, {"nonce": uuid4().hex}, {"receipt": text})
            assert refused_at(await sent(hotel, made), "receipt")
        secret = {"nonce": text}
        outcome = await sent(hotel, {**form("noah", signed="code"), **_carrying("noah", secret)})
        assert outcome["body"]["response_action"] == "errors", "a secret that is none of ours"
    assert hotel.dump() == before


def _carrying(by: str, memory: dict[str, str]) -> dict[str, Any]:
    answers = {"title": "More light", "what": "Lamps.", "why": None, "gains": "both", "wall": None, "signed": "code"}
    return forged.form(by, "idea_form", memory, answers)


async def test_a_word_of_those_who_answer_is_stored_and_shown_as_written_or_refused(hotel: House) -> None:
    await sent(hotel, form("noah", signed="code"))
    await hotel.clock("2026-11-24 10:00:01")
    await hotel.dm("sam", "Lamps at the desk.")
    (idea,) = hotel.rows(models.Suggestion)
    for text in HOSTILE.values():
        made = forged.form("sam", "idea_ask_form", {"nonce": uuid4().hex, "idea": idea["id"]}, {"words": text})
        outcome = await sent(hotel, made)
        if len(text) > MOST_WORDS:
            assert refused_at(outcome, "words")
        else:
            assert plain(text).strip() in [row["words"] for row in hotel.rows(models.Remark)]
    await hotel.people.click("sam", **(await _asked(hotel)))
    view = (await hotel.people.wait({"view": "sam", "contains": "Write to its author"}))[-1]
    assert HOSTILE["mention"] in texts(view["blocks"])


async def _asked(hotel: House) -> dict[str, Any]:
    found = await hotel.dm("sam", "Lamps at the desk.")
    return {"channel": found["channel"], "ts": found["ts"], "action_id": "idea_open"}
