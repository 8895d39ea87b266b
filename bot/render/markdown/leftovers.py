"""What other places show in their own way and Discord does not: HTML, task lists, footnotes."""

import html
import re
import unicodedata
from collections.abc import Mapping

from bot.render.formulas.tex_symbols import LOWER, UPPER

_AROUND = {
    **dict.fromkeys(("b", "strong", "mark", "summary"), "**"),
    **dict.fromkeys(("i", "em", "cite", "var"), "*"),
    **dict.fromkeys(("u", "ins"), "__"),
    **dict.fromkeys(("s", "del", "strike"), "~~"),
    **dict.fromkeys(("code", "kbd", "tt", "samp"), "`"),
    **dict.fromkeys(("span", "font", "small", "big", "p", "div", "center"), ""),
}
_PAIR = re.compile(
    rf"(?<!\\)<({'|'.join(_AROUND)}|sub|sup)(?:\s[^<>]*)?>(?!\s)([^<>]+)(?<!\s)</\1>",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"<a\s[^<>]*?href=[\"'](https?://[^\"'\s<>]+)[\"'][^<>]*>([^<>]+)</a>", re.IGNORECASE
)
_IMAGE = re.compile(r"<img\s[^<>]*?src=[\"'](https?://[^\"'\s<>]+)[\"'][^<>]*>", re.IGNORECASE)
_ALT = re.compile(r"alt=[\"']([^\"'\[\]]+)[\"']", re.IGNORECASE)
_DEEPEST = 4
"""Tags in tags that are read."""

_BREAK = r"<br\s*/?>"
_ANY_BREAK = re.compile(_BREAK, re.IGNORECASE)
_BREAK_WITHIN = re.compile(rf"(?<!\s){_BREAK}[ \t]*|[ \t]{{0,9}}{_BREAK}(?!\s)", re.IGNORECASE)
_ALONE = re.compile(
    r"\s*(?:</?(?:details|summary|p|div|span|center|font|section|table|tbody)(?:\s[^<>]*)?>\s*)+"
    r"|\s*<!--[^<>]*-->\s*",
    re.IGNORECASE,
)
COMMENT = r"<!--(?!-?>).{0,300}?-->"
"""A comment, as the source of an expression; `<!-->` is a whole one, and hides nothing after it."""

_COMMENT = re.compile(rf"^{COMMENT}[ \t]*|[ \t]?{COMMENT}")
_OPENED = re.compile(r"^\s*<details(?:\s[^<>]*)?>(?=\s*<summary|.*</details>)", re.IGNORECASE)
_CLOSED = re.compile(r"(?<=\S)</details>\s*$", re.IGNORECASE)
_SUMMARY_ENDS = re.compile(r"</summary>[ \t]*(?=\S)", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_MARK = re.compile(r"[\\`*_~|<>@#:\[\]()+.!-]")
_TASK = re.compile(
    r"((?:[ \t>]|\d{1,9}[.)][ \t])*(?:[-*+]|\d{1,9}[.)])[ \t]+)\\?\[([ xX])\\?\][ \t]+(?=\S)"
)
_NOTE = re.compile(r"\[\^(\d{1,3})\](?!\()")
_NOTE_BELOW = re.compile(r"\[\^(\d{1,3})\]:[ \t]+(?=\S)")
_ALERT = re.compile(
    r"((?:[ \t]*>)+[ \t]*)\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*", re.IGNORECASE
)
_REFERENCE = re.compile(r"(?<![\w\])!])\[([^\[\]\n]{2,80})\]\[(\w[\w .-]{0,30}|)\](?![\[(:])")
_CODE_LIKE = re.compile(r"[,;=(){}]|^[\d\W]*$")
_TARGET = re.compile(
    r" {0,3}\[([^\[\]^][^\[\]]{0,60})\]:[ \t]+<?(https?://[^\s<>]+)>?"
    r"(?:[ \t]+[\"'(](.*)[\"')])?[ \t]*"
)
_MEANING = re.compile(r"^:[ \t]+(?=\w)")
_BRACKETS = re.compile(r"\[[ xX^!]|\]\[|\]:")

UNSPLIT = re.compile(
    rf"<({'|'.join(_AROUND)}|sub|sup|a)\b[^<>]*>[^<>]*</\1>|&#?\w{{1,32}};|\[\^\d{{1,3}}\]",
    re.IGNORECASE,
)
"""What must not be cut in two, as only the whole is understood."""


def has_any(line: str) -> bool:
    """Tell whether there may be something of this in a line."""
    if line[:1] == ":" or "<" in line or "&" in line:
        return True
    return "[" in line and _BRACKETS.search(line) is not None


def at_beginning(line: str) -> str:
    """Return a line that begins in a way of its own: a task, a note, an alert, a meaning."""
    if task := _TASK.match(line):
        box = "⬜" if task[2] == " " else "✅"
        return f"{task[1]}{box} {line[task.end() :]}"
    if note := _NOTE_BELOW.match(line):
        return f"-# {_moved(note[1], UPPER, '')} {line[note.end() :]}"
    if target := _TARGET.fullmatch(line):
        label, address, title = target.groups()
        return f"-# [{label}] {address}" + (f" · {title}" if title else "")
    if alert := _ALERT.match(line):
        return f"{alert[1]}**{alert[2].capitalize()}** {line[alert.end() :]}".rstrip()
    return _MEANING.sub("- ", line, count=1)


def mended(text: str) -> str:
    """Return text, outside of code, as Discord Markdown; breaks in it are breaks of the line."""
    if "<" in text:
        text = _without_tags(text)
    if "][" in text:
        text = _REFERENCE.sub(_named, text)
    if "[^" in text:
        text = _NOTE.sub(lambda note: _moved(note[1], UPPER, "^"), text)
    if "&" in text:
        text = _ENTITY.sub(_character, text)
    return text


def _without_tags(text: str) -> str:
    if _ALONE.fullmatch(text):
        return ""
    if "<!--" in text:
        text = _COMMENT.sub("", text)
    text = _SUMMARY_ENDS.sub("</summary>\n", _CLOSED.sub("", _OPENED.sub("", text)))
    for _ in range(_DEEPEST):
        text, count = _PAIR.subn(_marked, text)
        if not count:
            break
    text = _IMAGE.sub(_image, _LINK.sub(r"[\2](\1)", text))
    return _BREAK_WITHIN.sub("\n", _without_last_breaks(text))


def _without_last_breaks(text: str) -> str:
    """Return text without the breaks at its end; each is looked at once, however many there are."""
    end = len(text.rstrip(" \t"))
    breaks = list(_ANY_BREAK.finditer(text))
    if not breaks or breaks[-1].end() != end:
        return text
    while breaks and breaks[-1].end() == end:
        end = breaks.pop().start()
        while end and text[end - 1] in " \t":
            end -= 1
    return text[:end]


def _named(link: re.Match[str]) -> str:
    """Return a link of which the address stands elsewhere: its text, and the name to look for."""
    text, name = link.groups()
    is_numbered = name.isdigit() and name != "0" and text.isalpha() and len(text) > 2
    if _CODE_LIKE.search(text) or not (" " in text.strip() or is_numbered):
        return link.group()  # an index into something, or a mark in a log
    return text if name.lower() in ("", text.lower()) else f"{text} [{name}]"


def _marked(pair: re.Match[str]) -> str:
    tag, content = pair[1].lower(), pair[2]
    if tag in ("sub", "sup"):
        table, mark = (LOWER, "_") if tag == "sub" else (UPPER, "^")
        return _moved(content, table, mark)
    mark = _AROUND[tag]
    return content if mark in content and mark else f"{mark}{content}{mark}"


def _moved(text: str, table: Mapping[str, str], mark: str) -> str:
    text = text.replace("-", "\u2212")
    if all(character in table for character in text):
        return "".join(table[character] for character in text)
    return f"\\{mark}{text}" if len(text) == 1 else f"\\{mark}({text})"


def _image(image: re.Match[str]) -> str:
    alt = _ALT.search(image.group())
    return f"[{alt[1] if alt else 'image'}]({image[1]})"


def _character(entity: re.Match[str]) -> str:
    """Return the character that is meant, or what was written where there is none to be seen."""
    meant = html.unescape(entity.group())
    if meant in ("", "\ufffd", entity.group()):
        return entity.group()
    if any(unicodedata.category(it)[0] == "C" for it in meant):
        return entity.group()
    return _MARK.sub(r"\\\g<0>", meant)
