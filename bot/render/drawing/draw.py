"""What draws the pictures of an answer; nothing that draws is imported before it is needed."""

from bot.render.markdown.parts import Picture, PictureKind


def draw(picture: Picture) -> bytes | None:
    """Return a picture as a PNG, or None where it can't be drawn: the text stands there then."""
    try:
        if picture.kind is PictureKind.TABLE:
            from bot.render.drawing.table_drawing import table_png

            return table_png(picture.source)
        if picture.kind is PictureKind.CHART:
            from bot.render.drawing.chart_drawing import chart_png

            return chart_png(picture.source)
        from bot.render.drawing.formula_drawing import formula_png

        return formula_png(picture.source)
    except Exception:  # noqa: BLE001 - a text is always there instead, whatever went wrong
        return None
