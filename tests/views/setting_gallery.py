"""Every view of settings, of the audit and of the first run drawn from a case."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from typing import Any

from bot.rules.quiet import QuietHours
from bot.services.auditing import KINDS, PAGE, Page
from bot.services.retention import Due
from bot.services.settings import AtHome, Overview
from bot.services.standing import PARTS
from bot.services.timetable import Kept
from bot.views import auditing, keeping, setting_forms, settings, welcome
from bot.views.blocks import say
from bot.views.setting_words import GROUPS
from bot.views.tongue import speak
from storage.audit import Act
from storage.people import Member
from tests.views.outcomes import COMPANY, DAY, LOCALES, NOW, RITUAL, Case, member

BEFORE = ("", "mon,tue", "free", "new", "C0001", "2026-12-24")


def drawn(case: Case, language: str) -> Iterator[tuple[str, Any]]:
    """Every view with its name."""
    admin = member(77, case.free[:100], locale=LOCALES[language], appointed="admin")
    company = COMPANY
    if case.number:
        contacts, leads = (case.free[:150] or "Ann", "Bo"), frozenset(f"U{number:04}" for number in range(150))
        quiet = QuietHours(time(21), time(8))
        company = replace(
            COMPANY,
            support_contacts=contacts,
            leads=leads,
            quiet=quiet,
            language="zh-Hant",
            pulse_sample=30,
            leads_group="S0000",
            team_groups=("S0000", "S0001"),
            admins=frozenset({"U0001"}),
        )
    more = replace(RITUAL, name="night", team=case.free[:80])
    rituals = tuple(Kept(one, NOW, bool(case.number), True) for one in (RITUAL, *[more] * (case.crowd * 2)))
    overview = Overview(admin, company, case.people(language), case.people(language), rituals)
    yield "settings", settings.overview(overview)
    yield "settings saved", settings.overview(overview, tuple(PARTS))
    yield "settings saved alone", settings.saved(language)
    for group in GROUPS:
        yield f"settings form {group}", setting_forms.form(overview, group, nonce="n" * 32)
    groups = [(f"S{number:04}", case.free[:80] or "Kitchen", "kitchen") for number in range(case.crowd)]
    yield "settings form with a group", setting_forms.form(overview, "people", nonce="n" * 32, groups=groups)
    due = Due(DAY, dict.fromkeys(("praise", "kudos", "idea", "comment"), case.number), {})
    yield "settings keep form", keeping.form(due, 24, language, nonce="n" * 32, shown="d" * 16)
    for is_new in (True, False):
        yield "ritual form", setting_forms.ritual_form(more, language, is_new=is_new, nonce="n" * 32)
    for name in welcome.STEPS:
        yield f"welcome {name}", welcome.step(name, company, language)
        yield f"welcome after {name}", welcome.following(name, company, language)
    yield "welcome of a small company", welcome.done(company, language, too_small=True)
    yield from _acts(case, language, admin)


def _acts(case: Case, language: str, admin: Member) -> Iterator[tuple[str, Any]]:
    person = case.people(language)[0]
    about = {person.id: person}
    free = case.free if case.crowd > 2 else "night"
    acts = []
    for number, kind in enumerate((*auditing.SAID, *["an_act_of_later"] * (case.crowd > 2))):
        subject = {"setting": "WORKDAYS", "date": "2026-12-24", "lead_on": person.id}.get(kind, free[:40])
        by = (admin, None, person)[number % 3]
        before = BEFORE[number % len(BEFORE)]
        after = "C0002" if kind == "ritual_channel" else free[:40]
        acts.append(Act(number, NOW, by, kind, subject, before, after, by_command_line=number % 2 == 0))
    texts = [Act(99, NOW, admin, "setting", name, "", free[:80]) for name in PARTS]
    for some in (acts[:PAGE], acts[PAGE:], texts, []):
        for kind in KINDS:
            shown = Page(admin, COMPANY, tuple(some), bool(some), kind, None, "", about)
            yield f"audit {kind}", auditing.page(shown)
        yield "audit of a person", auditing.page(replace(shown, who=person, below="12", older=False))
    for last in (tuple(acts[:3]), ()):
        tongue = speak(language)
        yield "settings at home", say(tongue, *settings.home_section(tongue, AtHome(admin, COMPANY, last, about)))
