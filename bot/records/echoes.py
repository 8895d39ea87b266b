"""What of a person's words gives them away where others' answers repeat it; pure.

Three kinds of marks are looked for: four words in a row, single telling words, and six characters
in a row of scripts that put no spaces between words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

RUN = 4
"""Words in a row that are nobody else's."""

SPACELESS_RUN = 6
"""Characters in a row that are, in a script without spaces."""

LONG, SHORT = 8, 4
"""Characters of a word that tells by its length, and of one with a digit or a capital letter."""

_NO_SPACES = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_NO_SPACES += "\U00020000-\U0003ffff"
_BETWEEN = re.compile(rf"(?:[^\w']|[_{_NO_SPACES}])+")
_BETWEEN_ASCII = bytes.maketrans(
    (signs := bytes(it for it in range(128) if not (chr(it).isalnum() or it == ord("'")))),
    b" " * len(signs),
)
_WORD = re.compile(rf"(?:[^\W_{_NO_SPACES}]|')+")
_SPACELESS = re.compile(rf"[{_NO_SPACES}]{{{SPACELESS_RUN},}}")
_ENDS_SENTENCE = re.compile(r"[.!?…:;\n\u3002\uff01\uff1f]")

Run = tuple[str, ...]
Mark = str | Run
"""A telling word, or characters or words in a row."""


def marks_of(text: str) -> set[Mark]:
    """Return the marks of what somebody said."""
    said = _plain(text)
    folded = said.casefold()
    words = _words(folded)
    # Casefolding may take a letter apart: what is not heard as a word is none.
    telling = {*_telling(said)}.intersection(words)
    return {*_runs(words), *telling, *_spaceless(folded)}


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks that are looked for in what others were told."""

    runs: frozenset[Run]
    words: frozenset[str]
    spaceless: frozenset[str]

    @classmethod
    def of(cls, marks: Iterable[Mark]) -> "Marks":
        """Return them by their kinds."""
        runs, words, spaceless = set[Run](), set[str](), set[str]()
        for mark in marks:
            if isinstance(mark, tuple):
                runs.add(mark)
            else:
                (spaceless if _SPACELESS.match(mark) else words).add(mark)
        return cls(frozenset(runs), frozenset(words), frozenset(spaceless))

    def __bool__(self) -> bool:
        return bool(self.runs or self.words or self.spaceless)

    def heard_in(self, *texts: str) -> set[Mark]:
        """Return those that any of these texts repeats."""
        heard: set[Mark] = set()
        for text in filter(None, texts):
            said = _plain(text).casefold()
            words = _words(said)
            heard |= self.words.intersection(words)
            if self.runs:
                heard |= self.runs.intersection(_runs(words))
            if self.spaceless:
                heard |= self.spaceless.intersection(_spaceless(said))
        return heard


@dataclass(frozen=True, slots=True)
class Spoken:
    """Texts of one turn, of an answer or of a title; what `is_running` may still grow."""

    id: int
    texts: tuple[str, ...]
    turn: int = 0
    is_running: bool = False


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


def _plain(text: str) -> str:
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return plain.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


def _words(said: str) -> list[str]:
    """Return the words of a text, without what makes them somebody's: Kelmuffin's is Kelmuffin."""
    if said.isascii():  # most are, and it takes a quarter of the time
        spaced = said.encode().translate(_BETWEEN_ASCII).decode()
    else:
        spaced = _BETWEEN.sub(" ", said)
    return f"{spaced} ".replace("'s ", " ").replace("'", "").split()


def _runs(words: list[str]) -> Iterator[Run]:
    return zip(*(words[first:] for first in range(RUN)), strict=False)


def _telling(said: str) -> Iterator[str]:
    """Yield the words that tell of somebody by themselves."""
    before = None
    for found in _WORD.finditer(said):
        begins = before is None or _ENDS_SENTENCE.search(said, before, found.start())
        before = found.end()
        for word in _words(found[0]):
            is_long = len(word) >= LONG and "'" not in found[0].strip("'").removesuffix("'s")
            if is_long or (len(word) >= SHORT and _stands_out(word, begins=bool(begins))):
                yield word.casefold()


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
