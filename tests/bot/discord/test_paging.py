"""Pages of lists, and the buttons that turn them."""

from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.discord.paging import A_PAGE, MOST_CHOSEN, Page, page_of, page_view

LINES = st.lists(st.text("abc ", min_size=1, max_size=A_PAGE // 3), min_size=1, max_size=30)


def buttons(view: ui.LayoutView) -> list[ui.Button[ui.LayoutView]]:
    """Return a page's buttons."""
    return [item for item in view.walk_children() if isinstance(item, ui.Button)]


@given(LINES)
def test_every_line_stands_on_one_page(lines: list[str]) -> None:
    """All pages together are all lines in order, and none is longer than a page."""
    count = page_of(lines, 1).count
    pages = [page_of(lines, number) for number in range(1, count + 1)]
    assert "\n".join(page.text for page in pages) == "\n".join(lines)
    assert [(page.number, page.count) for page in pages] == [
        (number, count) for number in range(1, count + 1)
    ]
    assert all(len(page.text) <= A_PAGE for page in pages)
    assert page_of(lines, count + 5) == pages[-1]
    assert page_of(lines, 0) == pages[0]


def test_one_page_has_no_buttons() -> None:
    """A list that fits is just its text."""
    assert buttons(page_view("audit", "", Page("all", 1, 1))) == []


def test_buttons_lead_to_the_pages_before_and_after() -> None:
    """They carry the list, the page and what was chosen; at either end one leads nowhere."""
    before, after = buttons(page_view("audit", "5:quota set", Page("some", 2, 3)))
    assert (before.custom_id, before.disabled) == ("page:audit:1:5:quota set", False)
    assert (after.custom_id, after.disabled) == ("page:audit:3:5:quota set", False)
    before, after = buttons(page_view("audit", "", Page("some", 1, 2)))
    assert (before.disabled, after.disabled) == (True, False)
    before, after = buttons(page_view("audit", "", Page("some", 2, 2)))
    assert (before.disabled, after.disabled) == (False, True)


def test_what_a_button_carries_fits_discords_limit() -> None:
    """A custom_id has at most 100 characters, on any page."""
    page = Page("some", 100_000, 200_000)
    view = page_view("access", "x" * MOST_CHOSEN, page)
    assert all(len(each.custom_id or "") <= 100 for each in buttons(view))
