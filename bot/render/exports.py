"""Words for a conversation that was exported."""

from bot.records.exports.packing import Export
from bot.words import say


def export_words(export: Export) -> str:
    """Return what is in the files, and what is not."""
    if not export.turns and not export.left_out:
        return say("export-nothing")
    lines = [say("export-what", questions=export.turns), say("export-private")]
    if len(export.files) > 1:
        lines.append(say("export-parts", parts=len(export.files)))
    if export.left_out:
        lines.append(say("export-left-out", count=export.left_out))
    if export.cut:
        lines.append(say("export-cut"))
    return "\n".join(lines)
