"""What counts as one character: for Discord, and for who reads."""

import unicodedata

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff\uff00-\uffef"
    "\U0001b000-\U0001b2ff\U00020000-\U0003ffff"
)
"""Scripts that put no spaces between words, as ranges of an expression; Korean does."""


def width(text: str) -> int:
    """Return the length in UTF-16 units: Discord counts no character as more than that."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def joins(text: str, place: int) -> bool:
    """Tell whether the characters around a place are shown as one."""
    if not 0 < place < len(text):
        return False
    before, after = text[place - 1], text[place]
    if after.isascii():
        return False
    if before == "\u200d" or after == "\u200d":
        return True
    if unicodedata.category(after) in ("Mn", "Mc", "Me"):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    return _is_flag_letter(after) and _flag_letters_before(text, place) % 2 == 1


def last_begins(text: str) -> int:
    """Return where the last of what is shown as one character begins."""
    place = max(0, len(text) - 1)
    while place > 0 and joins(text, place):
        place -= 1
    return place


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _flag_letters_before(text: str, place: int) -> int:
    count = 0
    while place > count and _is_flag_letter(text[place - count - 1]):
        count += 1
    return count
