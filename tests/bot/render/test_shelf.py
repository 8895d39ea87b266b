"""How a shelf looks: it fits in a message whatever people write, and pings nobody."""

from typing import Any

from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Person
from bot.quota.pricing import Estimate
from bot.records.shelf import Cleared, Item, Kind, Shelf, Standing
from bot.render.shelf import A_PAGE, cleared_view, page_count, shelf_view

ADA = Person(1, "Ada", "ada")

text = st.text(max_size=300) | st.sampled_from(
    ["*_`~|[" * 60, "<@1> @everyone", "\n" * 99, "🏳️‍🌈" * 80]
)
items = st.builds(
    Item,
    kind=st.sampled_from(Kind),
    id=st.integers(1, 10**17),
    number=st.integers(1, 9_999),
    author=st.builds(Person, st.integers(1, 3), text, st.just("user")),
    words=text,
    answer=st.none() | text,
    tokens=st.integers(0, 10**6),
    standing=st.sampled_from(Standing),
    is_pinned=st.booleans(),
    is_stale=st.booleans(),
    is_running=st.booleans(),
    is_private=st.booleans(),
)


def shelf(*standing: Item, cost: int | None = 1_300, older: int = 0) -> Shelf:
    """Return a shelf with these things."""
    return Shelf(standing, 1_000, 32_000, 60, 450, Estimate(2_000, cost), older, overflows=True)


def item(number: int, **changed: Any) -> Item:
    """Return a turn of Ada's."""
    known: dict[str, Any] = {
        "kind": Kind.TURN,
        "id": number,
        "number": number,
        "author": ADA,
        "words": f"question {number}",
        "answer": f"answer {number}",
        "tokens": 10,
        "standing": Standing.SEEN,
    }
    return Item(**(known | changed))


def words_of(view: ui.LayoutView) -> str:
    """Return all that a message says."""
    return "\n".join(it.content for it in view.walk_children() if isinstance(it, ui.TextDisplay))


def options_of(view: ui.LayoutView) -> list[list[str]]:
    """Return the labels of each select's options."""
    selects = (it for it in view.walk_children() if isinstance(it, ui.Select))
    return [[option.label for option in it.options] for it in selects]


def numbers_of(view: ui.LayoutView) -> list[int]:
    """Return the numbers of the turns that a page lists."""
    lines = words_of(view).split("\n")
    return [int(line.split("`")[1]) for line in lines if line.startswith("`")]


@given(
    st.lists(items, max_size=A_PAGE, unique_by=lambda it: (it.kind, it.id)),
    st.booleans(),
    st.booleans(),
    st.integers(0, 10**9),
)
def test_a_page_fits_in_a_message(
    found: list[Item], moderates: bool, private: bool, older: int
) -> None:
    """Whatever names, words and files are like, Discord takes the page, and nobody is pinged."""
    full = [*found, *(item(1_000 + it) for it in range(A_PAGE))]
    view = shelf_view(
        shelf(*full, older=older), viewer_id=2, moderates=moderates, back=1, private=private
    )
    said = words_of(view)
    assert len(said.encode("utf-16-le")) // 2 <= 4_000
    assert view.total_children_count <= 40
    assert "<@" not in said.replace("\\<@", "").replace("<\\@", "")
    for labels in options_of(view):
        assert 1 <= len(labels) <= 25
        assert all(1 <= len(label.encode("utf-16-le")) // 2 <= 100 for label in labels)
    assert view.has_components_v2()


def test_the_newest_page_is_full() -> None:
    """Pages are counted from the newest, which is a full one; each thing is on one of them."""
    known = shelf(*(item(number) for number in range(1, 24)))
    assert page_count(known) == 3
    pages = [
        numbers_of(shelf_view(known, viewer_id=1, moderates=False, back=back)) for back in range(3)
    ]
    assert pages == [list(range(14, 24)), list(range(4, 14)), [1, 2, 3]]
    beyond = shelf_view(known, viewer_id=1, moderates=False, back=99)
    assert numbers_of(beyond) == [1, 2, 3]
    presses = [it for it in beyond.walk_children() if isinstance(it, ui.Button)]
    assert [(it.label, it.disabled) for it in presses] == [
        ("◀", True),
        ("Refresh", False),
        ("▶", False),
    ]


def test_only_what_one_may_change_can_be_chosen() -> None:
    """Others' turns can be chosen by who moderates; a dropped one can only be put back."""
    ben = Person(2, "Ben", "ben")
    known = shelf(item(1, is_pinned=True), item(2, author=ben), item(3, standing=Standing.DROPPED))
    adas = options_of(shelf_view(known, viewer_id=1, moderates=False))
    assert adas == [["Unpin 1: question 1"], ["Drop 1: question 1", "Put back 3: question 3"]]
    assert len(options_of(shelf_view(known, viewer_id=1, moderates=True))[0]) == 2
    nobodys = shelf_view(known, viewer_id=9, moderates=False)
    assert options_of(nobodys) == []
    assert "moderators" in words_of(nobodys)


def test_marks_are_explained() -> None:
    """What a mark means stands below the page where it is used, and nowhere else."""
    plain = words_of(shelf_view(shelf(item(1)), viewer_id=1, moderates=True))
    assert "stale" not in plain
    assert "dropped" not in plain
    stale = words_of(shelf_view(shelf(item(1, is_stale=True)), viewer_id=1, moderates=True))
    assert "↳ ⚠️ answer 1" in stale
    assert "⚠️ stale: " in stale


def test_an_unknown_price_is_left_out() -> None:
    """Where nobody knows the price, tokens alone are told."""
    known = shelf(item(1), cost=None)
    said = words_of(shelf_view(known, viewer_id=1, moderates=True))
    assert "$" not in said
    assert "about 2,000 tokens" in said


def test_a_fresh_start_can_be_undone() -> None:
    """What is told of a fresh start counts the turns, and its button carries the way back."""
    view = cleared_view(Cleared(until=9, before=4, turns=3))
    assert "3 turns are set aside" in words_of(view)
    [undo] = [it for it in view.walk_children() if isinstance(it, ui.Button)]
    assert undo.custom_id == "shelf:undo:9:4"


def test_a_name_that_nobody_sees() -> None:
    """Who is called by nothing that can be seen is listed by their user name."""
    unseen = item(1, author=Person(1, "\u200b\u2060", "ada"))
    view = shelf_view(shelf(unseen), viewer_id=1, moderates=True)
    assert "**ada**" in words_of(view)
