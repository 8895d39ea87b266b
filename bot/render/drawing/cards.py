"""The rounded card that a picture in an answer is drawn on, and how a drawing becomes a PNG."""

from importlib.resources import as_file, files

CARD = "#2b2d31"
INK = "#f2f3f5"
CORNER = 8
"""A length of a drawing, each two pixels of the PNG: it is sharp on dense screens too."""

_ZOOM = 2
_LETTERED_ZOOM = 3
"""Charts are as wide as a phone: on other screens they are shown larger."""


def png_of(svg: str) -> bytes:
    """Return an SVG drawing as a PNG at twice its size."""
    # Only answers with pictures pay for what draws them.
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=_ZOOM, skip_system_fonts=True))


def lettered_png(svg: str) -> bytes:
    """Return an SVG drawing with texts as a PNG at three times its size.

    What draws it shapes the letters: Arabic joins them, and Hebrew runs from right to left.
    """
    import resvg_py

    with as_file(files("ziafont.fonts") / "DejaVuSans.ttf") as font:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg,
                zoom=_LETTERED_ZOOM,
                skip_system_fonts=True,
                font_files=[str(font)],
                font_family="DejaVu Sans",
            )
        )
