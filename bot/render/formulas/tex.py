"""TeX's formulas as trees: whatever is written is read, as well as it can be."""

import re
import unicodedata

from bot.render.formulas.tex_reader import Read, Reader, tokens
from bot.render.formulas.tex_symbols import SIZES, Role
from bot.render.formulas.tex_tree import (
    Choose,
    Fenced,
    Fraction,
    Grid,
    Letters,
    Marked,
    Node,
    Root,
    Row,
    Scripts,
    Symbol,
)

_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_DIFFERENTIAL = re.compile(r"(?<=[\w})])\s+(?=d[a-zA-Z](?![a-zA-Z]))")
_DOLLAR = re.compile(r"(?<!\\)\$")
_IN_WORDS = re.compile(r"\\[a-zA-Z]+\s*|(?<!\\)[{}]")
_ESCAPED = re.compile(r"\\(.)")
_CHEMISTRY = (
    (re.compile(r"\^\{?(\d*[+-])\}?"), r"^{\1}"),
    (re.compile(r"(?<=[A-Za-z)\]])(\d+)"), r"_{\1}"),
    (re.compile(r"<=>|<-->"), r" \\rightleftharpoons "),
    (re.compile(r"->"), r" \\to "),
)
_SIDES = {"": None, "l": Role.OPEN, "r": Role.CLOSE, "m": Role.RELATION}
_SINGLE = ("align", "aligned", "equation", "gather", "gathered", "split", "multline", "eqnarray")


def parse(source: str) -> Node:
    """Return a formula's tree, or raise `TooDeep`."""
    source = _GROUPED.sub("{,}", _COMMENT.sub("", source))
    reader = Reader(tokens(_DIFFERENTIAL.sub(r"\\,", source)), _COMMANDS)
    lines: list[tuple[Node, ...]] = []
    while reader.tokens:
        lines += reader.lines()
        if reader.tokens:
            reader.tokens.pop()  # a closing brace or the like that nothing opens
    lines = _filled(lines)
    if len(lines) == 1:
        return Row(lines[0])
    return Grid("lines", tuple(lines)) if lines else Row()


def _filled(lines: list[tuple[Node, ...]]) -> list[tuple[Node, ...]]:
    """Return the lines that have anything in them."""
    return [cells for cells in lines if any(cell != Row() for cell in cells)]


def _text(reader: Reader) -> Node:
    """Read words, with the formulas in dollars that they hold."""
    parts = _DOLLAR.split(reader.words())
    items = [reader.nested(part) if at % 2 else _plain(part) for at, part in enumerate(parts)]
    return items[0] if len(items) == 1 else Row(tuple(items))


def _plain(words: str) -> Node:
    bare = _IN_WORDS.sub("", words).replace("~", " ")
    return Symbol(_ESCAPED.sub(r"\1", bare), Role.TEXT)


def _root(reader: Reader) -> Node:
    degree = reader.optional()
    return Root(reader.argument(), degree)


def _over(reader: Reader) -> Node:
    above = reader.argument()
    return Scripts(reader.argument(), None, above, stacked=True)


def _under(reader: Reader) -> Node:
    below = reader.argument()
    return Scripts(reader.argument(), below, None, stacked=True)


def _arrow(character: str) -> Read:
    def read(reader: Reader) -> Node:
        below, above = reader.optional(), reader.argument()
        base = Symbol(character, Role.RELATION)
        return Scripts(base, None if below == Row() else below, above, stacked=True)

    return read


def _between(reader: Reader) -> Node:
    opening, body = reader.delimiter(Role.OPEN), reader.row()
    reader.skip("\\right")
    return Fenced(opening, body, reader.delimiter(Role.CLOSE))


def _sized(size: str, role: Role | None) -> Read:
    return lambda it: Letters(size, it.delimiter(role))


def _environment(reader: Reader) -> Node:
    name = reader.name().rstrip("*")
    columns = ""
    if name in ("array", "alignat", "alignedat", "subarray"):
        reader.optional()
        columns = reader.name()
    lines = _filled(reader.lines())
    if reader.skip("\\end"):
        reader.words()
    return (
        Row(lines[0]) if name in _SINGLE and len(lines) == 1 else Grid(name, tuple(lines), columns)
    )


def _lines(reader: Reader) -> Node:
    reader.skip("{")
    lines = reader.lines()
    reader.skip("}")
    return Grid("lines", tuple(lines))


def _operator(reader: Reader) -> Node:
    reader.skip("*")
    return Symbol(_IN_WORDS.sub("", reader.words()).strip(), Role.NAME)


def _modulo(reader: Reader) -> Node:
    return Row((Symbol(" (mod ", Role.TEXT), reader.argument(), Symbol(")", Role.CLOSE)))


def _negated(reader: Reader) -> Node:
    negated = reader.argument()
    if not isinstance(negated, Symbol):
        return negated
    return Symbol(unicodedata.normalize("NFC", negated.text[:1] + "\u0338"), negated.role)


def _chemical(reader: Reader) -> Node:
    return Letters("mathrm", reader.nested(chemistry(reader.words())))


def chemistry(source: str) -> str:
    """Return a chemical formula, or a reaction, as the TeX that mathematics has for it."""
    for pattern, tex in _CHEMISTRY:
        source = pattern.sub(tex, source)
    return source


def _marked(how: str, read: Read) -> Read:
    return lambda it: Marked(how, read(it))


def _dropped(arguments: int, read: Read) -> Read:
    """Return what reads a command whose first arguments are no part of the formula."""

    def drop(reader: Reader) -> Node:
        for _ in range(arguments):
            reader.skip("*")
            reader.words()
        return read(reader)

    return drop


def _each(names: str, read: Read) -> dict[str, Read]:
    return dict.fromkeys(names.split(), read)


def _nothing(_: Reader) -> Node:
    return Row()


_COMMANDS: dict[str, Read] = {
    **_each("frac dfrac tfrac cfrac sfrac", lambda it: Fraction(it.argument(), it.argument())),
    **_each("binom dbinom tbinom", lambda it: Choose(it.argument(), it.argument())),
    "sqrt": _root,
    **_each("text textrm textnormal textit textup textsf texttt emph mbox hbox", _text),
    "textbf": _marked("bold", _text),
    **_each("fbox framebox", _marked("framed", _text)),
    "boxed": _marked("framed", Reader.argument),
    **_each("cancel bcancel xcancel sout", _marked("struck", Reader.argument)),
    **_each("underbrace underbracket", _marked("underbrace", Reader.argument)),
    **_each("overbrace overbracket", _marked("overbrace", Reader.argument)),
    **_each("overset stackrel", _over),
    "underset": _under,
    **_each("xrightarrow xlongrightarrow", _arrow("→")),
    **_each("xleftarrow xlongleftarrow", _arrow("←")),
    **_each("xRightarrow xLongrightarrow", _arrow("⇒")),
    **_each("xleftrightarrow xrightleftharpoons", _arrow("⇌")),
    "xmapsto": _arrow("↦"),
    "left": _between,
    "middle": lambda it: it.delimiter(Role.RELATION),
    **{size + side: _sized(size, role) for size in SIZES for side, role in _SIDES.items()},
    "begin": _environment,
    "substack": _lines,
    **_each("operatorname operatornamewithlimits", _operator),
    **_each("pmod mod pod", _modulo),
    "not": _negated,
    **_each("ce chem", _chemical),
    **_each(
        "mathop mathrel mathbin mathord mathopen mathclose mathinner mathpunct", Reader.argument
    ),
    **_each("smash ensuremath mathstrut vcenter underleftarrow", Reader.argument),
    **_each("textcolor colorbox href htmlClass class cssId style", _dropped(1, Reader.argument)),
    **_each("phantom hphantom vphantom label hspace vspace require color", _dropped(1, _nothing)),
    **_each("mspace hskip kern cline newcommand", _dropped(1, _nothing)),
    **_each("displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits", _nothing),
    **_each("hline hfill nonumber notag strut null relax allowbreak ! / displaylimits", _nothing),
    **_each("tiny small normalsize large Large LARGE huge Huge centering noindent", _nothing),
    "tag": lambda it: Symbol(f" ({_IN_WORDS.sub('', it.name())}) ", Role.TEXT),
}
