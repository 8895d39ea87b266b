"""What of a person's words is known again in answers to others, and what is not."""

import re
import string
import unicodedata
from collections.abc import Iterable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.records.echoes import Family, Growth, Mark, Marks, families, marks_by_piece

WORD = st.text(string.ascii_lowercase, min_size=1, max_size=7)
WORDS = st.lists(WORD, min_size=4, max_size=12)
SPACELESS = "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
SPACELESS += "\U00020000-\U0003ffff"
BETWEEN = st.sampled_from([" ", ", ", ". ", "\n", " — ", "** ", ' "', " (", ") "])


def marks_of(text: str) -> set[Mark]:
    """Return the marks of what somebody said."""
    return set[Mark]().union(*marks_by_piece(text))


def heard(said: str, answer: str) -> set[Mark]:
    """Return what of somebody's words an answer repeats."""
    return Marks.of(marks_of(said)).heard_in(answer)


@given(WORDS, st.data())
def test_four_words_in_a_row_are_known_again(words: list[str], data: st.DataObject) -> None:
    """However they are spelt, set apart or surrounded, four words in a row are found."""
    first = data.draw(st.integers(0, len(words) - 4))
    parts = [
        data.draw(st.sampled_from([str.upper, str.title, str.lower]))(it) + data.draw(BETWEEN)
        for it in words[first : first + 4]
    ]
    answer = f"It was: {''.join(parts)} indeed"
    assert heard(" ".join(words), answer)


@given(WORDS, WORDS)
def test_short_words_apart_tell_nothing(said: list[str], answer: list[str]) -> None:
    """Short plain words tell nothing unless four of them stand in a row."""
    fours = {tuple(said[it : it + 4]) for it in range(len(said))}
    assume(not any(tuple(answer[it : it + 4]) in fours for it in range(len(answer) - 3)))
    assert heard(" ".join(said), " ".join(answer)) == set()


@given(st.text(max_size=60), st.text(max_size=30), st.text(max_size=30))
def test_all_of_a_text_is_known_again(said: str, before: str, after: str) -> None:
    """Whatever marks a text has, it has them still in the midst of any other."""
    marks = Marks.of(marks_of(said))
    assert bool(marks) == bool(marks_of(said))
    assert marks.heard_in(said) == marks_of(said)
    assert marks.heard_in(f"{before}\n{said}\n{after}") >= marks.heard_in(said)
    assert marks.heard_in("", said) == marks.heard_in(said, "") == marks.heard_in(said)


def plain_words(said: str) -> list[str]:
    """Return the words of a text, sign by sign."""
    is_part = re.compile(rf"[^\W_{SPACELESS}]|'")
    spaced = "".join(it if is_part.match(it) else " " for it in said)
    return f"{spaced} ".replace("'s ", " ").replace("'", "").split()


def plainly_heard(marks: Iterable[Mark], text: str) -> set[Mark]:
    """Return which marks a text has in it, each looked for by itself."""
    said = unicodedata.normalize("NFKC", text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    said = said.casefold()
    words = plain_words(said)
    heard = set[Mark]()
    for mark in marks:
        if isinstance(mark, tuple):
            found = any(tuple(words[it : it + 4]) == mark for it in range(len(words)))
        else:
            found = mark in (said if re.match(f"[{SPACELESS}]", mark) else words)
        if found:
            heard.add(mark)
    return heard


PARTS = st.one_of(
    st.sampled_from(["a", "of", "the", "Kelmuffin", "4711", "lighthouse", "Straße", "İzmir", "'s"]),
    st.sampled_from(
        [*" '\u2019“”…—_.\n\u00a0\u0301é_", ", ", "\u2028", "ﬁ", "Ⅷ", "ǅ", "\u0131", "\u017f"]
    ),
    st.sampled_from(
        [*"灯塔海洋喜欢", "灯塔海洋喜欢", "カタカナで書きました", "\U00020001", "\u3007"]
    ),
    st.characters(codec="utf-8"),
)
PARTED = st.lists(PARTS, max_size=40).map("".join)


@given(PARTED, PARTED, st.lists(PARTED, min_size=1, max_size=3))
def test_what_is_heard_is_what_plainly_stands_there(said: str, also: str, texts: list[str]) -> None:
    """However it is sped up, what is heard in texts is what is found there mark by mark."""
    marks = marks_of(said) | marks_of(also)
    expected = [plainly_heard(marks, text) for text in texts]
    known = Marks.of(marks)
    assert [known.heard_in(text) for text in texts] == expected
    assert known.heard_in(*texts) == set[Mark]().union(*expected)
    left = known.without(marks_of(also))
    assert left == Marks.of(marks - marks_of(also))
    assert known.without(set()) == known


@settings(max_examples=30)
@given(
    st.lists(PARTED, min_size=2, max_size=4),
    st.sampled_from([" .", " ,", " ", "\u3002", "\uff0c"]),
    st.data(),
)
def test_a_long_text_is_heard_in_pieces(lines: list[str], sign: str, data: st.DataObject) -> None:
    """What is longer than a piece has the marks that it has as a whole, however it is cut."""
    fillings = [data.draw(st.sampled_from([1, 30_000, 60_000])) for _ in lines]
    long = "".join(f"{line} {sign * it} " for line, it in zip(lines, fillings, strict=True))
    short = "".join(f"{line} {sign} " for line in lines)
    assert marks_of(long) == marks_of(short)
    marks = Marks.of(marks_of(short))
    assert marks.heard_in(long) == marks.heard_in(short) == marks_of(short)


@given(st.text(max_size=60))
def test_nothing_is_heard_in_silence(said: str) -> None:
    """What has no marks is heard nowhere, and nothing has any."""
    assert heard(said, "") == set()
    assert not Marks.of(())


@pytest.mark.parametrize(
    ("said", "answer", "found"),
    [
        ("My word is Kelmuffin", "Ada said **kelmuffin**.", {"kelmuffin"}),
        ("Kelmuffin!", "Kelmuffin\N{RIGHT SINGLE QUOTATION MARK}s meaning?", {"kelmuffin"}),
        ("I met Olaf", "Olaf's house", {"olaf"}),
        ("Olaf came. Well met", "Olaf", set()),
        ("My pin is 4711", "It is 4711, is it not?", {"4711"}),
        ("route 66", "66", set()),
        ("I shouldn't", "You shouldn't.", set()),
        ("an iPad", "an iPad", {"ipad"}),
        ("one two three", "one two three", set()),
        ("I don't know", "I don't know", set()),
        ("我喜欢蓝色的灯塔和海", "她喜欢蓝色的灯塔。", {"喜欢蓝色的灯", "欢蓝色的灯塔"}),
        ("蓝色的灯塔", "蓝色的灯塔", set()),
        ("カタカナで書きました", "「カタカナで書き」と", {"カタカナで書", "タカナで書き"}),
        ("\uff2belmuffi\uff4e", "Kelmuffin", {"kelmuffin"}),
    ],
)
def test_examples(said: str, answer: str, found: set[Mark]) -> None:
    """Telling are long words, names within a sentence, words with digits, and six characters."""
    assert heard(said, answer) == found


def test_families() -> None:
    """Branches from after the first words belong to them, branches of those too, others do not."""
    growths = [Growth(3, 1, 10), Growth(4, 3, 12), Growth(5, 1, 4), Growth(7, 6, 20)]
    assert families({1: 5, 4: 13, 9: 2}, growths) == [Family(5, (1, 3, 4)), Family(2, (9,))]
    assert families({}, growths) == []


@given(
    st.dictionaries(st.integers(1, 6), st.integers(1, 9), max_size=6),
    st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(1, 9)), max_size=8),
)
def test_each_conversation_is_in_one_family(
    firsts: dict[int, int], grown: list[tuple[int, int, int]]
) -> None:
    """All in which somebody spoke are in one family each, which begins no later than they did."""
    found = families(firsts, [Growth(*it) for it in grown])
    members = [it for family in found for it in family.conversations]
    assert len(members) == len(set(members))
    assert set(firsts) <= set(members)
    for family in found:
        assert all(family.first_turn <= firsts.get(it, 99) for it in family.conversations)
