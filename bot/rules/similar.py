"""When two texts are about the same: search terms, and how much of them is shared (product.md 3, similar ideas).

Chinese and Japanese are written without blanks, so their terms are overlapping pairs of characters, which finds a word
of two; in other scripts a word is a term, without its English endings. A rare term says more than a common one.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from itertools import combinations, pairwise
from math import log, prod

MOST_TERMS = 400
"""Of one idea; title first."""
MOST_ASKED = 120
"""Of one question."""
LONGEST = 32
CANDIDATES = 400
"""Ideas that are compared: those with the rarest terms of the question."""
RAREST = 9
GROUPS = 40
LEAST = 0.2
"""Below this share of what was asked two texts have little in common."""
USUAL = 40
"""Terms of an idea of usual length."""

Group = tuple[str, ...]
"""Terms that stand together."""

_UNSPACED = "々〇\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECES = re.compile(rf"([{_UNSPACED}]+)|([^\W_{_UNSPACED}]+)")
_ENDINGS = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", "e"), ("s", ""))
_HISSING = ("sses", "xes", "ches", "shes", "zzes", "oes")
_STEM = 3
_SAY_LITTLE = (
    "a an and are as at be but by can do for from had has have if in is it its me my no not of on or our please so "
    "that the their them there they this to up us was we were what when which who will with would you your should "
    "could must more very all"
)
_STOP = frozenset(_SAY_LITTLE.split())


def terms(*texts: str) -> tuple[str, ...]:
    """The search terms of these texts, each once, in the order in which they come first."""
    found: dict[str, None] = {}
    for text in texts:
        for term in _terms(_plain(text)):
            found[term] = None
    return tuple(found)


def _plain(text: str) -> str:
    """Compatible forms made one, lower case, without accents."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    if apart.isascii():
        return apart
    return "".join(char for char in apart if not unicodedata.category(char).startswith("M"))


def _terms(plain: str) -> Iterable[str]:
    for unspaced, word in _PIECES.findall(plain):
        if word:
            if word not in _STOP:
                yield _stem(word[:LONGEST])
        elif len(unspaced) == 1:
            yield unspaced
        else:
            yield from (one + other for one, other in pairwise(unspaced))


def _stem(word: str) -> str:
    """A word without an English ending; crude, and the same for every text."""
    if not word.isascii() or not word.isalpha() or word.endswith(("ss", "us")):
        return word
    if word.endswith(_HISSING):
        return word[:-2]
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _STEM:
            word = word[: -len(ending)] + instead
            break
    if word[-1:] == word[-2:-1] and word[-1] not in "lsze":
        return word[:-1]  # stopped, planned
    return word[:-1] if word.endswith("e") and len(word) > _STEM + 1 else word


def weights(asked: Iterable[str], counts: Mapping[str, int], ideas: int) -> dict[str, float]:
    """What each term of the question weighs that stands in any idea; `counts` says in how many of all it does."""
    return {term: log(1 + ideas / counts[term]) for term in asked if counts.get(term)}


def telling(weighed: Collection[str], counts: Mapping[str, int], ideas: int) -> tuple[Group, ...]:
    """What an idea must have to be compared: all terms of one of these groups, of the rarest terms of the question.

    A rare term is enough alone, common ones only two or three together; the groups stand in about `CANDIDATES` ideas.
    """
    rarest = sorted(weighed, key=lambda term: (counts[term], term))[:RAREST]
    found: list[Group] = []
    room = 0.0
    for size, share in ((1, 0.5), (2, 0.3), (3, 0.2)):
        room += share * CANDIDATES
        groups = combinations(rarest, size)
        for expected, group in sorted((_expected(group, counts, ideas), group) for group in groups):
            if any(set(other) <= set(group) for other in found):
                continue
            if expected > room or len(found) >= GROUPS:
                break
            found.append(group)
            room -= expected
    return tuple(found or ([tuple(rarest[:3])] if rarest else []))


def _expected(group: Group, counts: Mapping[str, int], ideas: int) -> float:
    """In how many ideas all of these terms stand, if they know nothing of one another."""
    return ideas * prod(counts[term] / ideas for term in group)


def score(weighed: Mapping[str, float], unknown: int, ideas: int, theirs: str) -> float:
    """How much of what was asked an idea shares: 0 to about 1, a little less if it says much else.

    `unknown` counts the terms of the question that stand in no idea, `theirs` are the idea's with blanks between them.
    """
    whole = sum(weighed.values()) + unknown * log(1 + ideas) / 2
    if not whole:
        return 0.0
    padded = f" {theirs} "
    shared = sum(weight for term, weight in weighed.items() if f" {term} " in padded)
    return shared / whole / (0.8 + 0.2 * max(1.0, theirs.count(" ") / USUAL))
