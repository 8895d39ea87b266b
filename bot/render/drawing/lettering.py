"""Letters as shapes: how wide a text is, where it wraps, and the SVG that draws it."""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import as_file, files
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ziafont.font import Font

SIZE = 15
"""The size of the letters, in a drawing's lengths."""

_BOLD = 0.65
"""The font has no bold letters: a line of this width around them makes some."""

_POINTS = 12
_ALIKE = str.maketrans(
    {
        "✅": "✓",
        "☑": "✓",
        "❌": "✗",
        "❎": "✗",
        "⭐": "★",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
    }
)
"""What stands in for an emoji that the font lacks, and for spaces of all kinds."""

_POWER = re.compile(r"(?<=\d)\^(-?\d{1,3})(?!\d)")
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class Pen:
    """Writes in one font, which holds Latin, Greek and Cyrillic letters and many signs."""

    def __init__(self, font: "Font") -> None:
        self._font = font
        self._unit = SIZE / float(font.info.layout.unitsperem)
        self._advances: dict[str, float] = {}
        # The font's file is read where the last reader left off, and drawings are made in threads.
        self._lock = Lock()

    def readable(self, text: str) -> str | None:
        """Return a text as it can be written, or None where that takes another font."""
        raised = _POWER.sub(lambda power: power[1].translate(_RAISED), text)
        composed = unicodedata.normalize("NFC", raised).translate(_ALIKE)
        clean = "".join(c for c in composed if c != "\ufe0f" and unicodedata.category(c) != "Cf")
        return clean if all(map(self._has, clean)) else None

    def plain(self, text: str) -> str | None:
        """Return a text in one line, without what has no letter in the font if enough is left.

        None where words are among what has none. Signs that nobody sees, or that turn the
        direction of what follows, go, and fancy letters become plain ones.
        """
        composed = unicodedata.normalize("NFC", text)
        if not all(map(self._is_known, composed)):
            composed = unicodedata.normalize("NFKC", composed)
        left = "".join(
            c
            for c in composed
            if unicodedata.category(c)[0] != "C" and (self._is_known(c) or c.isalnum())
        )
        readable = any(c.isalnum() for c in left) and all(map(self._is_known, left))
        return " ".join(left.split()) if readable else None

    def _is_known(self, letter: str) -> bool:
        return letter == " " or self._font.glyphindex(letter) > 0

    def width(self, text: str) -> float:
        """Return how wide a text is."""
        with self._lock:
            return sum(map(self._advance, text))

    def wrapped(self, text: str, room: float) -> list[str]:
        """Return a text in lines that have room; a word that has none is cut."""
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".lstrip()
            if self.width(longer) <= room:
                lines[-1] = longer
                continue
            *whole, rest = self._cut(word, room)
            lines = [line for line in lines if line] + [*whole, rest]
        return lines

    def written(self, text: str, x: float, y: float, *, bold: bool = False) -> str:
        """Return the SVG of a text whose base line begins at a place."""
        uses = []
        with self._lock:
            for letter in text:
                if letter != " ":
                    uses.append(f'<use href="#{_name(letter)}" x="{x:.2f}" y="{y:.2f}"/>')
                x += self._advance(letter)
        stroke = f' stroke="currentColor" stroke-width="{_BOLD}"' if bold else ""
        return f"<g{stroke}>{''.join(uses)}</g>"

    def shapes(self, texts: set[str]) -> str:
        """Return the SVG definitions of every letter in some texts."""
        shapes = []
        with self._lock:
            for letter in sorted(set().union(*texts) - {" "}):
                path = self._font.glyph(letter).svgpath(scale_factor=SIZE / _POINTS)
                outline = path.attrib["d"] if path is not None else ""
                shapes.append(f'<path id="{_name(letter)}" d="{outline}"/>')
        return f"<defs>{''.join(shapes)}</defs>"

    def _has(self, letter: str) -> bool:
        # Writing from right to left and joined marks would take more than placing letters in a row.
        simple = unicodedata.bidirectional(letter) not in ("R", "AL", "AN")
        is_mark = unicodedata.category(letter)[0] == "M"
        return simple and not is_mark and self._font.glyphindex(letter) > 0

    def _advance(self, letter: str) -> float:
        found = self._advances.get(letter)
        if found is None:
            found = self._font.advance(self._font.glyphindex(letter), None) * self._unit
            self._advances[letter] = found
        return found

    def _cut(self, word: str, room: float) -> list[str]:
        pieces = [""]
        for letter in word:
            if pieces[-1] and self.width(pieces[-1] + letter) > room:
                pieces.append("")
            pieces[-1] += letter
        return pieces


@lru_cache(maxsize=1)
def pen() -> Pen:
    """Return the pen; what it takes is loaded for the first picture."""
    from ziafont.font import Font

    class Letters(Font):
        """The font without what joins and kerns its letters, which takes a second to read."""

        def _readtables(self) -> None:
            super()._readtables()
            for name in ("GPOS", "GSUB"):
                self.tables.pop(name, None)

    with as_file(files("ziafont.fonts") / "DejaVuSans.ttf") as path:
        return Pen(Letters(path))


def _name(letter: str) -> str:
    return f"u{ord(letter):x}"
