"""The three languages of every word that a person sees (product.md)."""

LANGUAGES = ("en", "zh-Hant", "zh-Hans")

_CHINESE = {"zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans"}


def language_of(locale: str | None) -> str:
    """The language for a Slack locale such as "zh-TW" or "en_GB": Chinese for these four, English for all others."""
    return _CHINESE.get((locale or "").replace("_", "-").lower(), "en")
