"""Sample praise for stories, read from a file of ours."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Sample:
    """What an invented customer said: the place it fits, the language of the words, the customer as shown."""

    name: str
    place: str
    language: str
    customer: str
    source: str
    words: str


def read_samples(path: Path) -> dict[str, Sample]:
    """Give the samples of a TOML file by name. Raises OSError, or ValueError for a file that is not as it should be."""
    found = tomllib.loads(path.read_text(encoding="utf-8")).get("praise", [])
    try:
        samples = [Sample(**one) for one in found]
    except TypeError as error:
        raise ValueError(f"{path.name}: {error}") from error
    return {sample.name: sample for sample in samples}
