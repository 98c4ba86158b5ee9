"""A time in solid digits, readable from the end of a table; smaller ones where room lacks, plain text at the last."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Region, Size
from textual.widget import Widget

HEIGHT = 5
"""Lines of a digit at its smallest."""
_SHAPES = {
    "0": ("███", "█ █", "█ █", "█ █", "███"),
    "1": (" ██", "  █", "  █", "  █", "  █"),
    "2": ("███", "  █", "███", "█  ", "███"),
    "3": ("███", "  █", " ██", "  █", "███"),
    "4": ("█ █", "█ █", "███", "  █", "  █"),
    "5": ("███", "█  ", "███", "  █", "███"),
    "6": ("███", "█  ", "███", "█ █", "███"),
    "7": ("███", "  █", "  █", "  █", "  █"),
    "8": ("███", "█ █", "███", "█ █", "███"),
    "9": ("███", "█ █", "███", "  █", "███"),
    ":": (" ", "█", " ", "█", " "),
    "-": ("  ", "  ", "██", "  ", "  "),
}


class SolidDigits(Widget):
    """Digits, a colon and a minus sign, each cell of them `scale` times two cells of the terminal."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.text = ""
        self.scale = 1

    def set_scale(self, scale: int) -> None:
        """How large: 3 is three times as high, 1 is usual, 0 is half as wide."""
        if scale != self.scale:
            self.scale = scale
            self.refresh(layout=True)

    def update(self, text: str) -> None:
        """Show another time; only the digits that differ are drawn again."""
        if text == self.text:
            return
        before, self.text = self.text, text
        if len(before) != len(text):
            self.refresh(layout=True)
            return
        same = next(at for at, (old, new) in enumerate(zip(before, text, strict=True)) if old != new)
        left = width_of(text[:same], self.scale)
        self.refresh(Region(left, 0, max(1, self.size.width - left), self.size.height))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """As wide as the time."""
        return width_of(self.text, self.scale)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as its digits."""
        return HEIGHT * max(1, self.scale)

    def render(self) -> Content:
        """The time in blocks; as text where even the smallest digits have no room."""
        if width_of(self.text, self.scale) > max(1, self.size.width):
            return Content.styled(self.text, "bold")
        return Content("\n").join([Content(line) for line in drawn(self.text, self.scale)])


def drawn(text: str, scale: int) -> list[str]:
    """The lines of a time in solid digits. Anything but a digit, a colon or a minus sign is left out."""
    shapes = [_SHAPES[sign] for sign in text if sign in _SHAPES]
    across, down = (2 * scale, scale) if scale else (1, 1)
    gap = " " * across
    return [
        gap.join("".join(cell * across for cell in shape[line]) for shape in shapes)
        for line in range(HEIGHT)
        for _time in range(down)
    ]


def width_of(text: str, scale: int) -> int:
    """Cells of a time in solid digits, with the gap after it."""
    across = 2 * scale if scale else 1
    return sum((len(_SHAPES[sign][0]) + 1) * across for sign in text if sign in _SHAPES)
