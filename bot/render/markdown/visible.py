"""Tells what Discord would show anything of."""

import unicodedata


def is_visible(text: str) -> bool:
    """Tell whether Discord would show anything of a text: it refuses an empty one."""
    return any(not c.isspace() and unicodedata.category(c)[0] not in "CZ" for c in text)
