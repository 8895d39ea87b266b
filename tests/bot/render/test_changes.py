"""Changes in words."""

from datetime import UTC, datetime

import pytest

from bot.records.changes import Change
from bot.render.changes import change_lines

AT = datetime(2026, 3, 18, 12, 0, tzinfo=UTC)


def line(target: str, before: str | None, after: str | None, command: str = "quota set") -> str:
    """Return a change's line without when and by whom."""
    change = Change(1, AT, 20, command, None, target, before, after)
    when = f"- <t:{int(AT.timestamp())}:R> <@20> **/{command}** "
    [words] = change_lines([change])
    assert words.startswith(when)
    return words.removeprefix(when)


@pytest.mark.parametrize(
    ("target", "before", "after", "words"),
    [
        ("member:5 cost/month", "2500000", "3000000", "<@5> cost/month: $2.50 → $3.00"),
        ("role:5 tokens/day", None, "1", "<@&5> tokens/day: none → 1 token"),
        ("everyone requests/day", "5", None, "each member requests/day: 5 requests → none"),
        ("server cost/day", "1", None, "the whole server cost/day: $0.000001 → none"),
        ("channel:5 reports", None, "deny", "<#5> reports: none → deny"),
        ("member:5 cost", None, "5000000", "<@5> cost: none → $5.00"),
        ("timezone", "UTC", "Etc/GMT+5", "timezone: UTC → Etc/GMT+5"),
        ("persona", None, "Be *kind*", r"persona: none → Be \*kind\*"),
        (
            "member:5",
            "3 of 50 requests/day, 1500000 of 2000000 cost/month",
            "afresh (a bug)",
            "<@5>: 3 of 50 requests/day, $1.50 of $2.00/month → afresh (a bug)",
        ),
        ("member:5 cost", None, "2500000 cost until June", "<@5> cost: none → $2.50 until June"),
        ("member:5", None, "afresh (5 cost)", "<@5>: none → afresh (5 cost)"),
        ("channel:5", "tokens=5000", "cost=5000000", "<#5>: 5,000 tokens → $5.00"),
        ("requests of all", "5", "6", "requests of all: 5 → 6"),
    ],
)
def test_ids_are_mentions_and_amounts_have_their_unit(
    target: str, before: str | None, after: str | None, words: str
) -> None:
    """Whoever reads the trail sees names and amounts, and values as they were written."""
    assert line(target, before, after) == words


def test_a_reason_is_read_whole() -> None:
    """Why something was done stands there to its end, as long as it may be."""
    words = line("member:5", None, f"afresh ({'*' * 200})")
    assert words == "<@5>: none → afresh (" + r"\*" * 200 + ")"


def test_long_values_are_shortened_visibly() -> None:
    """Ten changes fit a message, whatever was written."""
    change = Change(1, AT, 20, "quota set", None, "*" * 9_000, "_" * 9_000, "new\nlines")
    lines = change_lines([change] * 10)
    assert all(it.count("…") == 2 and it.endswith("→ new lines") for it in lines)
    assert len("\n".join(lines)) < 3_700
    assert "…" in line("member:5 cost", "9" * 5_000, f"{'9' * 5_000} cost")
    assert line("persona", None, "x" * 500).endswith("x")
