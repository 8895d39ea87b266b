"""What of a person's words gives them away where others' answers repeat it; pure.

Three kinds of marks are looked for: four words in a row, single telling words, and six characters
in a row of scripts that put no spaces between words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby
from typing import NamedTuple

PIECE = 50_000
"""Characters after which a text is cut: no step holds others up for long.

At a sentence's end, or between words where none comes within as many again.
"""

MOST_SIGNS = 16
"""Different signs beyond ASCII that are taken out one by one: more are sought all at once."""

RUN = 4
"""Words in a row that are nobody else's."""

SPACELESS_RUN = 6
"""Characters in a row that are, in a script without spaces."""

LONG, SHORT = 8, 4
"""Characters of a word that tells by its length, and of one with a digit or a capital letter."""

_NO_SPACES = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_NO_SPACES += "\U00020000-\U0003ffff"
_BETWEEN_ASCII = bytes.maketrans(
    (signs := bytes(it for it in range(128) if not (chr(it).isalnum() or it == ord("'")))),
    b" " * len(signs),
)
"""Puts spaces in place of what is in no word."""

_FOLDED_ASCII = bytes(_BETWEEN_ASCII[it] for it in bytes(range(256)).lower())
"""Does that as well, and makes capital letters small."""
_WORD = re.compile(rf"(?:[^\W_{_NO_SPACES}]|')+")
_SIGN = re.compile(rf"[^\x00-\x7f\w]|[{_NO_SPACES}]")
_SPACELESS = re.compile(rf"[{_NO_SPACES}]{{{SPACELESS_RUN},}}")
_CUT_BETWEEN_WORDS = re.compile(r"[\s,\u3001\uff0c]")
_ENDS_SENTENCE = re.compile(r"[.!?…:;\n\u3002\uff01\uff1f]")

Run = tuple[str, ...]
Mark = str | Run
"""A telling word, or characters or words in a row."""


def marks_by_piece(text: str) -> Iterator[set[Mark]]:
    """Yield the marks of what somebody said, piece by piece: there may be hundreds of thousands."""
    before, begins = list[str](), True
    for piece in _pieces(text):
        said = _plain(piece)
        folded = said.casefold()
        words = _words(folded)
        # Casefolding may take a letter apart: what is not heard as a word is none.
        telling = {*_telling(said, begins=begins)}.intersection(words)
        before += words
        yield {*telling, *_runs(before), *_spaceless(folded)}
        before = before[1 - RUN :]
        begins = _ENDS_SENTENCE.match(piece[-1:]) is not None


class Spoken(NamedTuple):
    """Texts of one turn, of an answer or of a title; what `is_running` may still grow."""

    id: int
    texts: tuple[str, ...]
    turn: int = 0
    is_running: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks that are looked for in what others were told.

    Each run has one word among the `keys`, its longest: where none of them is, none of the runs
    is. These and the `words` are the `signs`: a text without any has none of the marks in it. Of
    three words in a row that begin at every other word, one is among the `parts` of a run.
    """

    runs: frozenset[Run]
    words: frozenset[str]
    spaceless: frozenset[str]
    keys: frozenset[str]
    signs: frozenset[str]
    parts: frozenset[Run]

    @classmethod
    def of(cls, marks: Iterable[Mark]) -> "Marks":
        """Return them by their kinds."""
        runs, words, spaceless = set[Run](), set[str](), set[str]()
        for mark in marks:
            if isinstance(mark, tuple):
                runs.add(mark)
            else:
                (spaceless if _SPACELESS.match(mark) else words).add(mark)
        keys = frozenset(max(run, key=len) for run in runs)
        parts = frozenset(part for run in runs for part in (run[:-1], run[1:]))
        kinds = frozenset(runs), frozenset(words), frozenset(spaceless)
        return cls(*kinds, keys, keys | words, parts)

    def __bool__(self) -> bool:
        return bool(self.runs or self.words or self.spaceless)

    @property
    def together(self) -> set[Mark]:
        """Return them, whatever their kinds."""
        return {*self.runs, *self.words, *self.spaceless}

    def without(self, marks: set[Mark]) -> "Marks":
        """Return them but for these."""
        if not marks:
            return self
        # One by one: others have a turn in between, however many there are.
        known: Iterator[Mark] = chain(self.runs, self.words, self.spaceless)
        return Marks.of(mark for mark in known if mark not in marks)

    def heard_in(self, *texts: str) -> set[Mark]:
        """Return those that any of these texts repeats."""
        heard = set[Mark]()
        for text in texts:
            before = list[str]()
            for piece in _pieces(text) if len(text) > PIECE else (text,):
                # Most are ASCII, and most have nothing of it: these two are what takes the time.
                said = "" if piece.isascii() else _plain(piece).casefold()
                words = before + _words(said) if said else before + _ascii_words(piece)
                if not self.signs.isdisjoint(words):
                    heard |= self._heard_among(words)
                if said and self.spaceless:
                    heard |= self.spaceless.intersection(_spaceless(said))
                before = words[1 - RUN :]
        return heard

    def _heard_among(self, words: list[str]) -> set[Mark]:
        found = self.signs.intersection(words)
        heard: set[Mark] = {*(self.words & found)}
        if not self.keys.isdisjoint(found) and self._may_have_runs(words):
            heard |= self.runs.intersection(_runs(words))
        return heard

    def _may_have_runs(self, words: list[str]) -> bool:
        every_other = zip(words[::2], words[1::2], words[2::2], strict=False)
        return not self.parts.isdisjoint(every_other)


@dataclass(frozen=True, slots=True)
class Family:
    """Conversations that branched off one another, and the turn with a person's first words."""

    first_turn: int
    conversations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Growth:
    """A branch, and the turn and the conversation that it grew from."""

    branch: int
    conversation: int
    turn: int


def families(firsts: Mapping[int, int], growths: Iterable[Growth]) -> list[Family]:
    """Return where a person's words may have got to, from their first turns by conversation.

    A branch from before they spoke knows nothing of them.
    """
    known, root = dict(firsts), {it: it for it in firsts}
    for growth in sorted(growths, key=lambda it: it.turn):  # a branch's turns come after its root's
        first = known.get(growth.conversation)
        if first is None or growth.turn < first:
            continue
        known[growth.branch] = min(first, known.get(growth.branch, first))
        of = root[growth.conversation]
        left = root.setdefault(growth.branch, of)
        root.update({it: of for it, its in root.items() if its == left})
    grouped = groupby(sorted(root, key=lambda it: (root[it], it)), key=root.__getitem__)
    found = [tuple(group) for _, group in grouped]
    return [Family(min(known[it] for it in group), group) for group in found]


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces that end between words: no mark goes on behind it, but for runs."""
    start = 0
    while (end := _cut(text, start + PIECE)) is not None:
        yield text[start:end]
        start = end
    yield text[start:]


def _cut(text: str, first: int) -> int | None:
    """Return where a text is to be cut from some character on; None where it is not."""
    found = _ENDS_SENTENCE.search(text, first, first + PIECE) or _CUT_BETWEEN_WORDS.search(
        text, first
    )
    return found.end() if found else None


def _plain(text: str) -> str:
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return plain.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def _words(said: str) -> list[str]:
    """Return the words of a text, without what makes them somebody's: Kelmuffin's is Kelmuffin."""
    # Beyond ASCII most texts have quotation marks and dashes: this takes a quarter of the time
    # that it takes to look at each sign.
    signs = set() if said.isascii() else {*_SIGN.findall(said)}
    if len(signs) > MOST_SIGNS:
        said, signs = _SIGN.sub(" ", said), set()
    for sign in signs:
        said = said.replace(sign, " ")
    spaced = said.encode("utf-8", "surrogatepass").translate(_BETWEEN_ASCII)
    return _split(spaced.decode("utf-8", "surrogatepass"))


def _ascii_words(text: str) -> list[str]:
    """Return the same for a text in ASCII that is still to be folded."""
    return _split(text.encode().translate(_FOLDED_ASCII).decode())


def _split(spaced: str) -> list[str]:
    if "'" in spaced:
        spaced = f"{spaced} ".replace("'s ", " ").replace("'", "")
    return spaced.split()


def _runs(words: list[str]) -> Iterator[Run]:
    return zip(*(words[first:] for first in range(RUN)), strict=False)


def _telling(said: str, *, begins: bool) -> Iterator[str]:
    """Yield the words that tell of somebody by themselves.

    Whether the first word `begins` a sentence is told, as its capital letter tells nothing then.
    """
    before = 0
    for found in _WORD.finditer(said):
        begins = begins or _ENDS_SENTENCE.search(said, before, found.start()) is not None
        before = found.end()
        for word in _words(found[0]):
            is_long = len(word) >= LONG and "'" not in found[0].strip("'").removesuffix("'s")
            if is_long or (len(word) >= SHORT and _stands_out(word, begins=begins)):
                yield word.casefold()
        begins = False


def _stands_out(word: str, *, begins: bool) -> bool:
    capital = any(letter.isupper() for letter in (word[1:] if begins else word))
    return capital or any(letter.isdigit() for letter in word)


def _spaceless(said: str) -> Iterator[str]:
    if said.isascii():
        return
    for found in _SPACELESS.finditer(said):
        run = found[0]
        for first in range(len(run) - SPACELESS_RUN + 1):
            yield run[first : first + SPACELESS_RUN]
