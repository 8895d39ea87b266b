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
_ITEM = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+")
_UNIT = re.compile(r"\d\s+[A-Za-z]{4,}")

_COMMANDS = re.compile(
    r"\\(?:text\w*|mbox|mathrm|operatorname\*?|begin|end)\s*\{[^{}]*\}|\\(?:[a-zA-Z]+|.)"
)
_IN_CODE = re.compile(r"`|(?<!\\)#")
_LINKING = re.compile(
    r"(?<![A-Za-z])(?:and|or|to|is|are|was|the|of|for|with|per|vs|from|but|you|und|oder|bis)"
    r"(?![A-Za-z])"
)
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_LONE_WORD = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{4,}")
_FOREIGN = re.compile(
    r"[^\W\d_A-Za-z\u0370-\u03ff\u2100-\u214f\U0001d400-\U0001d7ff]|[\u3001\u3002\uff01\uff0c\uff1a\uff1b\uff1f]"
)
_ENDING = re.compile(r"(?:th|st|nd|rd|s|es|D)(?![A-Za-z])")


def is_word(character: str) -> bool:
    """Tell whether a character is an ASCII letter or digit."""
    return character.isascii() and character.isalnum()


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


def is_aside(text: str, start: int, end: int, source: str) -> bool:
    r"""Tell whether \(see below\), \[1\] or \(a\|b\) only escapes its brackets."""
    kind = text[start : start + 3].lstrip("\\")[0]
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
    before = text[text.rfind("\n", 0, start) + 1 : start]
    if source in ("x", "X") and _ITEM.fullmatch(before) and text.startswith((" ", "\t"), end):
        return True  # the box of a task
    within = before.strip(" \t>") != "" or _GOES_ON.match(text, end) is not None
    return within and (_LABEL.fullmatch(source) or _CHARACTERS.fullmatch(source)) is not None


def is_inline(content: str, after: str) -> bool:
    """Tell whether this is TeX between two dollars, and not the text between two prices."""
    if not content.strip() or _IN_CODE.search(content) or is_prose(content):
        return False
    if is_script(content, after):
        return False
    if content[0].isspace() or content[-1].isspace():
        spaced = content[0].isspace() and content[-1].isspace()
        return spaced and re.search(r"\\[a-zA-Z]|\^|_\{", content) is not None
    if after[:1].isdigit() or after.startswith("{"):
        return False
    if is_word(after[:1]) and "\\" not in content and not _ENDING.match(after):
        return False
    return len(content) == 1 or content[-1] not in ("-\u2013/," if content[0].isdigit() else "/:")


def is_prose(content: str) -> bool:
    """Tell whether words stand here, or an amount of money among words."""
    bare = _COMMANDS.sub(" ", content)
    strong = _STRONG.search(content) is not None
    if content.lstrip()[:1].isdigit():
        alien = _LINKING.search(bare) or _FOREIGN.search(bare)
        return alien is not None or (not strong and _LONE_WORD.search(bare) is not None)
    if strong:
        return False
    if _LINKING.search(bare) or _FOREIGN.search(bare):
        return True
    return len(_LETTERS.findall(bare)) >= 3


def was_prose(content: str) -> bool:
    """Tell whether words stand here, or stood here before a sign of TeX came after them.

    What a growing text has shown as words already is not taken back.
    """
    strong = _STRONG.search(content)
    return is_prose(content) or (strong is not None and is_prose(content[: strong.start()]))
