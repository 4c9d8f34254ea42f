"""The `markdown` block: standard Markdown without HTML, drawn node by node so that nothing in it becomes markup."""

from functools import cache

from htpy import (
    Element,
    Node,
    blockquote,
    br,
    code,
    div,
    em,
    h4,
    hr,
    li,
    ol,
    p,
    pre,
    s,
    span,
    strong,
    table,
    tbody,
    td,
    th,
    thead,
    tr,
    ul,
)
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from bot.workspace.page.drawn.inline import link
from bot.workspace.page.drawn.text import noted
from bot.workspace.page.reader import Reader

_PLAIN: dict[str, Element] = {
    "paragraph": p,
    "strong": strong,
    "em": em,
    "s": s,
    "blockquote": blockquote(".quote"),
    "bullet_list": ul(".list.in0"),
    "list_item": li,
    "thead": thead,
    "tbody": tbody,
    "tr": tr,
}
_BOXES = {"[ ] ": "☐ ", "[x] ": "☑ ", "[X] ": "☑ "}


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable(["strikethrough", "table"])


def markdown(reader: Reader, text: str) -> Node:
    """Markdown as Slack draws it: links that can be followed safely, pictures as links."""
    return div(".markdown")[_inside(reader, SyntaxTreeNode(_parser().parse(text)))]


def _inside(reader: Reader, node: SyntaxTreeNode) -> list[Node]:
    return [_node(reader, one) for one in node.children]


def _node(reader: Reader, node: SyntaxTreeNode) -> Node:
    kind = node.type
    if kind in _PLAIN:
        hidden = kind == "paragraph" and node.hidden  # in a tight list
        return _inside(reader, node) if hidden else _PLAIN[kind][_inside(reader, node)]
    match kind:
        case "text":
            return _words(reader, node)
        case "softbreak" | "hardbreak":
            return br
        case "heading":
            return h4(class_=f"head-{node.tag[1:]}")[_inside(reader, node)]
        case "ordered_list":
            first = int(node.attrs.get("start", 1))
            return ol(".list.in0", start=first if first != 1 else None)[_inside(reader, node)]
        case "link":
            return link(str(node.attrs.get("href", "")), _inside(reader, node))
        case "image":
            return link(str(node.attrs.get("src", "")), node.content or str(node.attrs.get("src", "")))
        case "code_inline":
            return code[node.content]
        case "code_block" | "fence":
            return pre(".pre", tabindex="0")[node.content.rstrip("\n")]
        case "hr":
            return hr
        case "table":
            return div(".wide", role="region", tabindex="0", aria_label=reader.t("Table"))[
                table(".cells")[_inside(reader, node)]
            ]
        case "th" | "td":
            side = str(node.attrs.get("style", "")).removeprefix("text-align:") or "left"
            return (th if kind == "th" else td)(class_=f"to-{side}", scope="col" if kind == "th" else None)[
                _inside(reader, node)
            ]
        case _:
            return _inside(reader, node) if node.children else span[node.content]


def _words(reader: Reader, node: SyntaxTreeNode) -> Node:
    """Words, in which Slack looks for mentions and emoji; at the head of an item, for a box to tick."""
    told = node.content
    first = not node.previous_sibling and node.parent and node.parent.parent and node.parent.parent.parent
    if first and first.type == "list_item" and told[:4] in _BOXES:
        told = _BOXES[told[:4]] + told[4:]
    return noted(reader, told)
