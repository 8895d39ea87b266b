"""Tells what only looks like a formula: patterns, scripts, addresses, and escaped brackets."""

import re

_LONGEST_ADDRESS = 300
_ENDS_ADDRESS = re.compile(r"[^!-~]|[<>)]")
_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\[bBdDnrsStwW](?![A-Za-z])")
"""Of a pattern or a text in code: TeX has no such commands, or none in a formula."""

_CHARACTERS = re.compile(r"\^?(?:[a-z]-[a-z]|[A-Z]-[A-Z]|\d-\d)+")
_CHOICE = re.compile(r"\w+(?:\\\|\w+)+")
_WORD = re.compile(r"(?=[A-Za-z]*[eiou]|[A-Za-z]{5})(?=[A-Za-z]{3})[A-Z]?[a-z]+")
_WORDS = re.compile(
    r"(?<![A-Za-z\\])[A-Za-z]{4,}:|(?<![A-Za-z\\])[a-z]{3,} [A-Za-z]{3,}(?![A-Za-z])"
)
_STRONG = re.compile(r"[\\^=]")
_LABEL = re.compile(r"[\d, ]+|[A-Za-z]{4,}")
_GOES_ON = re.compile(r"[ \t]*[^\s.,;]")
_REPEATED = ("+", "*", "?", "{", "(")
_UNIT = re.compile(r"\d\s+[A-Za-z]{4,}")


def is_address(text: str, at: int) -> bool:
    """Tell whether a place is within an address."""
    begun = text.rfind("://", max(0, at - _LONGEST_ADDRESS), at)
    return begun >= 0 and _ENDS_ADDRESS.search(text, begun, at) is None


def is_script(content: str, after: str) -> bool:
    """Tell whether variables of a script, or amounts with their units, stand around dollars."""
    if _ESCAPE.search(content):
        return True
    if content[-1] in "=;" and re.match(r"[A-Za-z_{(]", after):
        return True
    return content[0].isdigit() and _UNIT.search(content) is not None and "\\" not in content


def is_aside(text: str, start: int, end: int, source: str, *, alone: bool) -> bool:
    r"""Tell whether \(see below\), \[1\] or \(a\|b\) only escapes its brackets.

    One that is `alone` begins its line.
    """
    kind = text[start + 1]
    if kind not in "([":
        return False
    if _ESCAPE.search(source) or _CHOICE.fullmatch(source):
        return True
    if not _STRONG.search(source) and _WORDS.search(source):
        return True
    if kind == "(":
        return _WORD.fullmatch(source) is not None
    if text.startswith(_REPEATED, end):
        return True
    within = not alone or _GOES_ON.match(text, end) is not None
    return within and (_LABEL.fullmatch(source) or _CHARACTERS.fullmatch(source)) is not None
