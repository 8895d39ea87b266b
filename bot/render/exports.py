"""Words for a conversation that was exported."""

from bot.exports.packing import Export


def export_words(export: Export) -> str:
    """Return what is in the files, and what is not."""
    if not export.turns and not export.left_out:
        return "I remember nothing of this conversation yet; the file says so."
    questions = "1 question" if export.turns == 1 else f"{export.turns:,} questions"
    lines = [
        f"What I remember of this conversation: {questions} with their files and answers.",
        "Only you see this; private questions of others are not in it.",
    ]
    if len(export.files) > 1:
        lines.append(f"It comes in {len(export.files)} parts, as Discord takes no larger files.")
    if export.left_out:
        lines.append(f"⚠️ Too large for any file, and left out: {export.left_out:,}.")
    if export.cut:
        lines.append("⚠️ It is too long: the newest questions are not in these files.")
    return "\n".join(lines)
