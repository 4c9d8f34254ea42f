"""Every view of erasing and of one's own data drawn from a case."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.services.erasing import Aim, Order
from bot.services.rituals import Morning
from bot.views import erasing, my_data, praise, rituals
from bot.views.tongue import speak
from tests.views.outcomes import DAY, LOCALES, RITUAL, Case, member


def drawn(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    """Every view with its name."""
    told, person = case.praise(language), member(5, case.free[:80], locale=LOCALES[language])
    yield "erase form", erasing.form(language)
    yield "erase looking", erasing.looking(language)
    yield "erase failed", erasing.failed(language)
    rows = dict.fromkeys((*erasing.TABLES, "pulsewish"), case.number + 1)
    for aim in (
        Aim(Order("person", person.id), person=person),
        Aim(Order("customer", case.free[:100] or "Ms Lin")),
        Aim(Order("praise", told.id), praise=told),
    ):
        for lost in (0, 1, case.number):
            yield f"erase {aim.order.kind} asked", erasing.asked(aim, rows, case.number, lost, language, kept="{}")
    for changed in ({}, rows):
        yield "erase done", erasing.done(changed, case.number, 1, language)
    yield "erased", praise.gone(speak(language))
    gone = replace(told, state="erased", words="[erased]", customer="")
    yield "erased praise", praise.post(gone, language)
    yield "erased praise dm", praise.dm(gone, person, 10)
    yield "morning of an erased praise", rituals.morning(Morning(RITUAL, DAY, gone, False, (gone,), 0), language)
    former = replace(person, slack_id="", name=erasing.called(language), is_erased=True, is_gone=True)
    yield "praise of somebody erased", praise.post(replace(told, people=(former,), recorder=former), language)
    yield "my data", my_data.on_its_way(language)
