"""The three languages of every word that a person sees (product.md)."""

LANGUAGES = ("en", "zh-Hant", "zh-Hans")

_TRADITIONAL = frozenset({"tw", "hk", "mo"})


def language_of(locale: str | None) -> str:
    """The language for a Slack locale such as "zh-TW" or "en_GB": Chinese of either script, else English."""
    parts = (locale or "").replace("_", "-").lower().split("-")
    if parts[0] != "zh":
        return "en"
    script = next((part for part in parts[1:] if part in ("hant", "hans")), "")
    region = parts[-1]
    if script == "hant" or (not script and region in _TRADITIONAL):
        return "zh-Hant"
    return "zh-Hans"
