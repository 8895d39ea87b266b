"""Rules of the parser for formulas: those that have lines for themselves, and those in text."""

from markdown_it.rules_block import StateBlock

from bot.render.formulas.finding import Formula, formulas_in, unfinished

MOST_LINES = 40
"""Lines of a formula: what goes on longer is text."""

OPEN = "open formula"
"""Where the parser notes the line in which a formula begins that the end leaves open."""

_OPENING = ("$$", "\\[", "\\\\[", "\\begin", "\\boxed", "\\fbox")
_MAY_GO_ON = ("$$", "\\[", "\\(", "\\begin", "\\boxed", "\\fbox")
_AFTER_FORMULA = " \t.,;:\uff0c\u3002"
_FENCE = ("```", "~~~")


def line_of(state: StateBlock, number: int) -> str:
    """Return a line without the marks of what is around it."""
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def belongs(state: StateBlock, line: int) -> bool:
    """Tell whether a line is inside what is around it, and no code."""
    return state.sCount[line] >= state.blkIndent and not state.is_code_block(line)


def goes_on(line: str) -> bool:
    """Tell whether a formula in a line goes on in the next one."""
    return any(mark in line for mark in _MAY_GO_ON) and unfinished(f"{line}\n") is not None


def read_formula(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read a formula that has its lines for itself; one that nothing closes is text."""
    if not line_of(state, first).startswith(_OPENING) or state.is_code_block(first):
        return False
    text = _text_from(state, first, end)
    formula = next((it for it in formulas_in(text) if it.start == 0 and it.display), None)
    if formula is None:
        _note_open(state, first, text, 0)
        return False
    rest, _, _ = text[formula.end :].partition("\n")
    if rest.strip(_AFTER_FORMULA):
        return False
    if not silent:
        token = state.push("formula", "", 0)
        token.content = formula.source
        token.map = [first, first + text.count("\n", 0, formula.end) + 1]
        state.line = token.map[1]
    return True


def read_joined(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """Read lines of text that a formula goes across: Discord has to be sent them as one."""
    line = line_of(state, first)
    if not goes_on(line) or state.is_code_block(first):
        return False
    text = _text_from(state, first, end)
    last = _last_line(text, formulas_in(text))
    _note_open(state, first, text, len("\n".join(text.split("\n")[: last + 1])))
    if last == 0:
        return False
    if not silent:
        token = state.push("joined", "", 0)
        token.content = " ".join(text.split("\n")[1 : last + 1])
        token.map = [first, first + last + 1]
        state.line = token.map[1]
    return True


def _text_from(state: StateBlock, first: int, end: int) -> str:
    """Return the lines that a formula may have which begins in the first."""
    lines = []
    for number in range(first, min(end, first + MOST_LINES)):
        line = line_of(state, number)
        if (number > first and not belongs(state, number)) or not line.strip():
            break
        if line.startswith(_FENCE):
            break
        lines.append(line)
    return "\n".join(lines) + "\n"


def _note_open(state: StateBlock, first: int, text: str, most: int) -> None:
    """Note that a formula is open at the end which begins no later than at a place."""
    count = text.count("\n")
    if first + count == state.lineMax and count < MOST_LINES:
        begun = unfinished(text)
        if begun is not None and begun <= most:
            state.env[OPEN] = min(first, state.env.get(OPEN, first))


def _last_line(text: str, formulas: list[Formula]) -> int:
    """Return the number of the last line that formulas join to the first."""
    last = 0
    for formula in formulas:
        if text.count("\n", 0, formula.start) > last:
            break
        last = max(last, text.count("\n", 0, formula.end))
    return last
