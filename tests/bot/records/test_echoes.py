"""What of a person's words is known again in answers to others, and what is not."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.records.echoes import Family, Growth, Mark, Marks, families, marks_of

WORD = st.text(string.ascii_lowercase, min_size=1, max_size=7)
WORDS = st.lists(WORD, min_size=4, max_size=12)
BETWEEN = st.sampled_from([" ", ", ", ". ", "\n", " — ", "** ", ' "', " (", ") "])


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
