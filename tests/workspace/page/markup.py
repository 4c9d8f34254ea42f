"""What is drawn, read again as a browser reads it: its elements, its words, and whether it is well-formed."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
BLOCKS = {
    *("address", "article", "aside", "blockquote", "details", "dialog", "div", "dl", "fieldset", "figcaption"),
    *("figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p"),
    *("pre", "section", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
PHRASING = {"p", "strong", "em", "s", "u", "code", "mark", "q", "a", "button", "time", "pre", "h3", "h4", "summary"}
"""In these stands no block; a browser would end a paragraph before it."""
NEEDS = {
    "li": {"ul", "ol", "template"},
    "tr": {"thead", "tbody"},
    "td": {"tr"},
    "th": {"tr"},
    "thead": {"table"},
    "tbody": {"table"},
    "caption": {"table"},
    "summary": {"details"},
    "figcaption": {"figure"},
    "option": {"select", "optgroup", "datalist"},
    "legend": {"fieldset"},
}
NEVER = {"script", "iframe", "object", "embed", "style", "base", "meta", "link", "frame", "foreignobject"}
ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset"}
SCHEMES = {"http", "https", "mailto"}
SCHEME = re.compile(r"([^:/?#]*):")
SPACE = re.compile(r"\s+")


@dataclass
class Read(HTMLParser):
    """One piece of markup."""

    markup: str
    wrong: list[str] = field(default_factory=list)
    skeleton: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    """Every element with the names of its attributes, and where each ends."""
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self.feed(self.markup)
        self.close()
        if self._open:
            self.wrong.append(f"not closed: {self._open}")
        ids = [value for _, name, value in self.attributes if name == "id"]
        self.wrong += [f"twice: #{one}" for one in {one for one in ids if ids.count(one) > 1}]

    @property
    def words(self) -> str:
        """All that is to be read, blanks taken together."""
        return SPACE.sub(" ", "".join(self.told)).strip()

    @property
    def texts(self) -> str:
        """The words, and those of hints, labels and placeholders behind them."""
        behind = [
            value
            for _, name, value in self.attributes
            if name in ("title", "alt", "aria-label", "placeholder", "value")
        ]
        return SPACE.sub(" ", " ".join([self.words, *behind]))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parent = self._open[-1] if self._open else ""
        if tag in NEEDS and parent not in NEEDS[tag]:
            self.wrong.append(f"<{tag}> in <{parent}>")
        if tag in BLOCKS and (outside := PHRASING.intersection(self._open)) and "svg" not in self._open:
            self.wrong.append(f"<{tag}> in {outside}")
        if tag in ("a", "button") and {"a", "button"}.intersection(self._open):
            self.wrong.append(f"<{tag}> in another")
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            self.wrong.append(f"<{tag}> has an attribute twice: {names}")
        self.skeleton.append((tag, tuple(names)))
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self._open.append(tag)
        elif tag == "br":
            self.told.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.wrong.append(f"<{tag}/>")

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.wrong.append(f"</{tag}> closes another")
        self.skeleton.append((f"/{tag}", ()))
        self.told.append(" " if tag in BLOCKS or tag in ("text", "title", "option", "button") else "")

    def handle_data(self, data: str) -> None:
        self.told.append(data)

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"an instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(f"a section: {data}")


def dangers(read: Read) -> list[str]:
    """What could run, fetch or style something: none of it may be there, whoever wrote it."""
    found = [f"<{tag}>" for tag, _ in read.skeleton if tag in NEVER]
    for tag, name, value in read.attributes:
        if name.startswith("on") or name in ("style", "srcdoc"):
            found.append(f"<{tag} {name}>")
        if name in ADDRESSES and not (tag == "a" and value.startswith("?")):
            scheme = SCHEME.match(re.sub(r"[\x00-\x20]", "", value).lower())
            if (scheme and scheme[1] not in SCHEMES) or (tag != "a" and not value.startswith("/page/")):
                found.append(f"<{tag} {name}={value!r}>")
    return found


def spaced(text: str) -> str:
    """Words as they are compared: blanks taken together."""
    return SPACE.sub(" ", text).strip()
