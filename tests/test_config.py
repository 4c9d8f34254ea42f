"""Settings: good ones become good types, all bad ones are named at once, secrets stay secret."""

from dataclasses import FrozenInstanceError, fields
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import parsing
from bot.config import Settings, load
from bot.environment import SettingsError

LEAST = {"SLACK_BOT_TOKEN": "xoxb-111-secret", "PRAISE_CHANNEL": "C0123", "SLACK_APP_TOKEN": "xapp-222-secret"}
NOWHERE = Path("/nonexistent/.env")
NAMES = [field.name.upper() for field in fields(Settings)]


def loaded(**values: str) -> Settings:
    return load({**LEAST, **values}, NOWHERE)


def problems(environ: dict[str, str]) -> dict[str, str]:
    with pytest.raises(SettingsError) as caught:
        load(environ, NOWHERE)
    return {problem.setting: str(problem) for problem in caught.value.problems}


def test_the_least_that_must_be_set_gives_every_default_of_the_table() -> None:
    settings = loaded()
    assert settings.socket_mode
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.database_url == "sqlite:///golden-ear.db"
    assert (settings.host, settings.port) == ("127.0.0.1", 3000)
    assert (settings.timezone, settings.ritual_time) == (ZoneInfo("UTC"), time(9))
    assert settings.workdays == {0, 1, 2, 3, 4}
    assert settings.quiet_hours == (time(21), time(8))
    assert (settings.holidays, settings.language, settings.clock_file) == (None, None, None)
    assert (settings.kudos_emoji, settings.values, settings.post_rate) == ("star", (), 4.0)
    assert (settings.admins, settings.leads, settings.log_level) == (frozenset(), frozenset(), "INFO")


def test_every_setting_is_parsed_into_its_type() -> None:
    settings = loaded(
        SLACK_API_URL="http://127.0.0.1:8080/api",
        TIMEZONE="Asia/Taipei",
        RITUAL_TIME="08:30",
        WORKDAYS="Tue, sat,sun",
        HOLIDAYS="de-by",
        QUIET_HOURS="22:15 - 07:00",
        LANGUAGE="zh-hant",
        ADMINS="U01, W02,",
        KUDOS_EMOJI=":+1:",
        VALUES="care,speed, 用心",
        POST_RATE="0.5",
        CLOCK_FILE="/tmp/offset",
        LOG_LEVEL="debug",
    )
    assert settings.slack_api_url == "http://127.0.0.1:8080/api/"
    assert settings.timezone.key == "Asia/Taipei"
    assert settings.ritual_time == time(8, 30)
    assert settings.workdays == {1, 5, 6}
    assert settings.holidays == "DE-BY"
    assert settings.quiet_hours == (time(22, 15), time(7))
    assert settings.language == "zh-Hant"
    assert settings.admins == {"U01", "W02"}
    assert settings.kudos_emoji == "+1"
    assert settings.values == ("care", "speed", "用心")
    assert settings.post_rate == 0.5
    assert settings.clock_file == Path("/tmp/offset")
    assert settings.log_level == "DEBUG"


def test_the_environment_wins_over_the_file_and_an_empty_value_means_the_default(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(
        "\ufeffSLACK_BOT_TOKEN='xoxb-$file'\nPORT=4000\nHOST=0.0.0.0\nTIMEZONE=\nPRAISE_CHANNEL=G9 # ours\nLANGUAGE\n",
        encoding="utf-8",
    )
    settings = load({"PORT": "5000", "HOST": "", "SLACK_SIGNING_SECRET": "shh"}, file)
    assert (settings.slack_bot_token, settings.praise_channel) == ("xoxb-$file", "G9")
    assert (settings.port, settings.host, settings.timezone.key) == (5000, "127.0.0.1", "UTC")
    assert not settings.socket_mode


def test_empty_quiet_hours_mean_none() -> None:
    assert loaded(QUIET_HOURS="").quiet_hours is None


WRONG = [
    ("SLACK_BOT_TOKEN", "xoxp-1"),
    ("SLACK_APP_TOKEN", "xoxb-1"),
    ("SLACK_SIGNING_SECRET", "xoxb-1"),
    ("SLACK_API_URL", "slack.com/api"),
    ("SLACK_API_URL", "https://slack.com:x/api"),
    ("INTAKE_SECRET", "fifteen-chars-x"),
    ("INTAKE_SECRET", "sixteen of them ok"),
    ("INTAKE_SECRET", "xoxb-1234567890123456"),
    ("DATABASE_URL", "mysql://localhost/x"),
    ("DATABASE_URL", "sqlite://"),
    ("DATABASE_URL", "sqlite:///:memory:"),
    ("DATABASE_URL", "postgresql://localhost"),
    ("DATABASE_URL", "postgresql://localhost:none/ear"),
    ("DATABASE_URL", "postgresql://lo calhost/ear"),
    ("DATABASE_URL", "postgresql+asyncpg://localhost/ear"),
    ("HOST", "two words"),
    ("PORT", "0"),
    ("PORT", "65536"),
    ("PORT", "3000.0"),
    ("PRAISE_CHANNEL", "#praise"),
    ("PRAISE_CHANNEL", "U0123"),
    ("TIMEZONE", "Mars/Olympus"),
    ("TIMEZONE", "Asia"),
    ("TIMEZONE", "../etc/passwd"),
    ("TIMEZONE", "CST"),
    ("RITUAL_TIME", "9:00"),
    ("RITUAL_TIME", "24:00"),
    ("RITUAL_TIME", "٠٩:٠٠"),
    ("WORKDAYS", "mon,tuesday"),
    ("WORKDAYS", ","),
    ("HOLIDAYS", "XX"),
    ("HOLIDAYS", "DE-XX"),
    ("HOLIDAYS", "DE-"),
    ("QUIET_HOURS", "21:00"),
    ("QUIET_HOURS", "21:00-21:00"),
    ("QUIET_HOURS", "21:00-25:00"),
    ("LANGUAGE", "zh-TW"),
    ("ADMINS", "ann"),
    ("LEADS", "U01,@bo"),
    ("KUDOS_EMOJI", "two words"),
    ("KUDOS_EMOJI", "::"),
    ("KUDOS_EMOJI", "\N{WHITE MEDIUM STAR}"),
    ("VALUES", "#care"),
    ("VALUES", "good care"),
    ("VALUES", "care,Care"),
    ("VALUES", "a,b,c,d,e,f,g,h,i,j,k"),
    ("POST_RATE", "0"),
    ("POST_RATE", "-1"),
    ("POST_RATE", "101"),
    ("POST_RATE", "nan"),
    ("POST_RATE", "fast"),
    ("CLOCK_FILE", "offset"),
    ("LOG_LEVEL", "LOUD"),
]


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_a_wrong_setting_is_named_with_what_to_write_instead(name: str, text: str) -> None:
    found = problems({**LEAST, name: text})
    assert list(found) == [name]
    assert "Write instead: " in found[name]


def test_all_wrong_and_missing_settings_are_named_at_once() -> None:
    found = problems({name: text for name, text in WRONG if not name.startswith("SLACK_BOT")})
    assert set(found) == {name for name, _ in WRONG}
    assert set(problems({})) == {"SLACK_BOT_TOKEN", "PRAISE_CHANNEL", "SLACK_SIGNING_SECRET"}


def test_a_clock_file_is_for_loopback_only() -> None:
    for host in ("localhost", "127.0.0.1:9", "127.8.8.8", "[::1]:9"):
        assert loaded(CLOCK_FILE="x", SLACK_API_URL=f"http://{host}/api/").clock_file == Path("x")
    for host in ("localhost.example.com", "127.0.0.1.example.com", "10.0.0.1", "128.0.0.1"):
        assert "CLOCK_FILE" in problems({**LEAST, "CLOCK_FILE": "x", "SLACK_API_URL": f"http://{host}/api/"})


def test_secrets_are_in_no_message_and_no_repr() -> None:
    settings = loaded(SLACK_SIGNING_SECRET="5ecret", DATABASE_URL="sqlite:////5ecret.db")
    assert not {"secret", "5ecret"} & set(repr(settings).replace("-", " ").replace(".", " ").replace("/", " ").split())
    pasted = dict.fromkeys(NAMES, "xoxp-5ecret") | {"DATABASE_URL": "mysql://me:5ecret@db/x"}
    assert "5ecret" not in " ".join(problems(pasted).values())
    assert "5ecret" not in problems({**LEAST, "DATABASE_URL": "postgresql+pg8000://me:5ecret@db/x"})["DATABASE_URL"]
    with pytest.raises(SettingsError) as caught:
        load(pasted, NOWHERE)
    assert "5ecret" not in repr(caught.value)


@pytest.mark.parametrize("scheme", ["postgresql+psycopg", "postgresql", "postgres"])
def test_the_address_of_a_postgresql_is_understood_as_its_provider_gives_it(scheme: str) -> None:
    rest = "me:p%40ss@db.example:5433/ear?sslmode=require"
    assert loaded(DATABASE_URL=f"{scheme}://{rest}").database_url == f"postgresql+psycopg://{rest}"
    socket = "/ear?host=/run/postgresql"
    assert loaded(DATABASE_URL=f"postgres://{socket}").database_url == f"postgresql+psycopg://{socket}"


def test_without_the_driver_of_postgresql_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "find_spec", lambda _name: None)
    assert "golden-ear[postgres]" in problems({**LEAST, "DATABASE_URL": "postgresql://db/ear"})["DATABASE_URL"]


def test_an_unreadable_file_is_named_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"SLACK_BOT_TOKEN=\xff\xfe")
    with pytest.raises(SettingsError, match="UTF-8"):
        load(LEAST, tmp_path / ".env")


def test_settings_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        loaded().port = 1  # type: ignore[misc]


@given(st.dictionaries(st.sampled_from(NAMES), st.text(max_size=30)))
def test_any_text_gives_settings_or_named_problems(environ: dict[str, str]) -> None:
    try:
        load({**LEAST, **environ}, NOWHERE)
    except SettingsError as error:
        assert {problem.setting for problem in error.problems} <= set(NAMES)


@pytest.mark.parametrize(
    "setting, value, advice",
    [
        ("TIMEZONE", "CST", "the zone of a city, such as Asia/Taipei"),
        ("TIMEZONE", "Asia/Tapei", "an IANA name such as Asia/Taipei"),
        ("LANGUAGE", "zh-TW", "zh-Hant"),
        ("LANGUAGE", "zh_CN", "zh-Hans"),
        ("LANGUAGE", "fr", "en, zh-Hant or zh-Hans"),
    ],
)
def test_the_advice_fits_what_was_probably_meant(setting: str, value: str, advice: str) -> None:
    assert f"Write instead: {advice}" in problems({**LEAST, setting: value})[setting]


@pytest.mark.parametrize("text", ["mon,tue", "sun,mon", "tue,wed,fri"])
def test_days_of_the_pulse_have_a_day_between(text: str) -> None:
    with pytest.raises(SettingsError, match="PULSE_DAYS names"):
        loaded(PULSE_DAYS=text)


def test_the_pulse_as_it_is_set() -> None:
    contacts = "Ms Chen, works council: 02-1234; #someone-to-talk-to;"
    told = {"PULSE": "OFF", "PULSE_DAYS": "mon,wed,fri", "PULSE_SAMPLE": "500", "SUPPORT_CONTACTS": contacts}
    settings = loaded(**told)

    assert not settings.pulse and settings.pulse_days == {0, 2, 4} and settings.pulse_sample == 500
    assert settings.support_contacts == ("Ms Chen, works council: 02-1234", "#someone-to-talk-to")


def test_keys_are_kept_beside_the_sqlite_file_unless_it_says_where() -> None:
    assert str(loaded(DATABASE_URL="sqlite:////var/ear.db").keys_folder) == "/var/ear.db.keys"
    assert str(loaded(KEYS_DIR="/keys").keys_folder) == "/keys"
