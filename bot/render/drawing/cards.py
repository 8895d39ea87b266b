"""The rounded card that a picture in an answer is drawn on, and how a drawing becomes a PNG."""

CARD = "#2b2d31"
INK = "#f2f3f5"
MARGIN = 16
CORNER = 8
"""Lengths of a drawing, two pixels of the PNG each: it is sharp on dense screens too."""

_ZOOM = 2


def png_of(svg: str) -> bytes:
    """Return an SVG drawing as a PNG at twice its size."""
    # Only answers with pictures pay for what draws them.
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=_ZOOM, skip_system_fonts=True))
