"""How series are told apart without colour: by the shape of a point, the dashes of a line, the texture of a bar."""

from htpy import Node, circle, path, rect, svg

COLOURS = SHAPES = 6
GAP = 5.0
"""Between the lines of a texture."""


def look(place: int) -> str:
    """The classes of a series: its colour, and its shape, which is another one when the colours begin anew."""
    return f"series c{place % COLOURS} d{shape(place)}"


def shape(place: int) -> int:
    """Which of the shapes a series has."""
    return (place + place // COLOURS) % SHAPES


def point(place: int, x: float, y: float, size: float = 4.0) -> Node:
    """The point of a series: a disc, square, triangle, diamond, ring or cross."""
    small, large = size * 0.9, size * 1.3
    match shape(place):
        case 0:
            return circle(".dot", cx=f"{x:g}", cy=f"{y:g}", r=f"{size:g}")
        case 1:
            return rect(".dot", x=f"{x - small:g}", y=f"{y - small:g}", width=f"{2 * small:g}", height=f"{2 * small:g}")
        case 2:
            return path(".dot", d=f"M{x:g} {y - large:g}l{large:g} {2 * size:g}h{-2 * large:g}z")
        case 3:
            return path(
                ".dot", d=f"M{x:g} {y - large:g}l{large:g} {large:g}l{-large:g} {large:g}l{-large:g} {-large:g}z"
            )
        case 4:
            return circle(".dot.open", cx=f"{x:g}", cy=f"{y:g}", r=f"{size:g}")
        case _:
            return path(
                ".dot.cross",
                d=f"M{x - size:g} {y - size:g}l{2 * size:g} {2 * size:g}m0 {-2 * size:g}l{-2 * size:g} {2 * size:g}",
            )


def bar(place: int, x: float, y: float, width: float, height: float) -> list[Node]:
    """The bar of a series: full, striped across, striped upwards, hollow, hollow and striped, chequered."""
    kind = shape(place)
    box = rect(
        class_=["column", kind in (3, 4) and "open"],
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        width=f"{max(width, 1):.1f}",
        height=f"{max(height, 0):.1f}",
        rx=f"{min(3.0, width / 4):.1f}",
    )
    across = "".join(f"M{x:.1f} {y + at:.1f}h{width:.1f}" for at in _steps(height)) if kind in (1, 4, 5) else ""
    upwards = "".join(f"M{x + at:.1f} {y:.1f}v{height:.1f}" for at in _steps(width)) if kind in (2, 5) else ""
    texture = across + upwards
    return [box, path(class_=["texture", kind == 4 and "inked"], d=texture) if texture else None]


def _steps(length: float) -> list[float]:
    return [GAP * step for step in range(1, int(length / GAP) + 1) if GAP * step < length - 1]


def key(kind: str, place: int) -> Node:
    """A small picture of a series for the legend."""
    if kind in ("line", "area"):
        inside: Node = [path(".curve", d="M0 7h22"), point(place, 11, 7, 3.5)]
        return svg(viewBox="0 0 22 14", width="22", height="14", class_=f"key {look(place)}", aria_hidden="true")[
            inside
        ]
    return svg(viewBox="0 0 14 14", width="14", height="14", class_=f"key {look(place)}", aria_hidden="true")[
        bar(place, 1, 1, 12, 12)
    ]
