"""Pages: nothing is lost, nothing changes once it is done, every block of code is closed."""

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render.pages import Pager
from bot.render.pieces import width

LIMIT = 300

FRAGMENTS = [
    *("\n", "\n\n", "\n\n\n", " ", "    ", "\t", "\r\n", "\u2028", "\x00", "\x1b"),
    *("- ", "  - ", "* ", "1. ", "10) ", "> ", ">", ">>> ", "# ", "#### ", "###### **x** "),
    *("```", "```py\n", "```py title.py\n", "\n```\n", "````\n", "~~~\n", "~~~js\n", "\n~~~~\n"),
    *("`", "``", "---\n", "===\n", "***", "**", "__", "~~", "<@123456789>", "<t:1700000000:R>"),
    *("![alt](https://x.y/z.png)", "[a](b)", "<:smile:123456>", "\u200d", "\u0301", "🇩🇪", "👍🏽"),
    *("word ", "word. ", "wordwordword", "語", "語。", "x" * 90, "y. " * 60, "z\n" * 20),
    *("- item\n" * 12, "> quote\n" * 12, "    code\n" * 9, "lorem ipsum " * 12, "\n" * 15),
    *("-" * 50, "#" * 30, "`" * 30, ">" * 40, "e\u0301" * 80, "👩\u200d👩\u200d👧" * 20),
]
TABLES = ["| a | b |\n", "|---|:-:|\n", "| 1 | 2 | 3 |\n", "|", "||", "| cell | cell |\n" * 9]


def mixtures(fragments: list[str]) -> st.SearchStrategy[str]:
    """Return texts made of fragments and of anything."""
    anything = st.text(max_size=40) | st.integers(0, 9999).map(str)
    return st.lists(st.sampled_from(fragments) | anything, max_size=60).map("".join)


texts = mixtures(FRAGMENTS + TABLES)


def words(text: str) -> str:
    """Return the letters and digits of a text."""
    return "".join(filter(str.isalnum, text))


def is_balanced(page: str) -> bool:
    """Tell whether Discord, for which three backticks toggle, ends the page outside of code."""
    bare = re.sub(r"\\`", "", page)
    return len(re.findall(r"```", bare)) % 2 == 0


@settings(max_examples=300, deadline=None)
@given(texts, st.lists(st.integers(0, 3000), max_size=12))
def test_pages_are_stable_under_append(text: str, cuts: list[int]) -> None:
    """Whatever text follows, a page that has a next one never changes."""
    pager = Pager(LIMIT)
    shown = [pager.pages(text[:cut]) for cut in [*sorted(cuts), len(text)]]
    for before, after in pairwise(shown):
        assert after[: max(0, len(before) - 1)] == before[:-1]


@settings(max_examples=300, deadline=None)
@given(texts, st.lists(st.integers(0, 3000), max_size=4))
def test_every_page_can_be_sent(text: str, cuts: list[int]) -> None:
    """No page is longer than the limit or empty, and each closes the code that it opens."""
    pager = Pager(LIMIT)
    for cut in [*sorted(cuts), len(text)]:
        for page in pager.pages(text[:cut]):
            assert width(page) <= LIMIT
            assert page.strip()
            assert is_balanced(page)
            assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", page)


@settings(max_examples=200, deadline=None)
@given(mixtures(FRAGMENTS).filter(lambda text: "|" not in text))
def test_nothing_is_lost(text: str) -> None:
    """The pages hold every letter of the text, in its order."""
    text += "\n\nend"
    left = iter(words("".join(Pager(LIMIT).pages(text))))
    missing = [letter for letter in words(text) if letter not in left]
    assert missing == []
