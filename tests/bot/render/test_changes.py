"""Changes in words."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.records.changes import Change
from bot.render.changes import change_lines
from bot.words import LANGUAGES, speaking

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
        ("footer in channel:5", None, "hidden", "footer in <#5>: none → hidden"),
        ("max_output", "1000", None, "max_output: 1,000 tokens → none"),
        ("persona of server", None, "1 characters", "persona of the server: none → 1 character"),
        ("member:5", "exempt", "not exempt", "<@5>: exempt → not exempt"),
        (
            "member:5 cost",
            None,
            "5000000 cost until 2026-03-18 12:00 UTC (a *bug*)",
            r"<@5> cost: none → $5.00 until <t:1773835200:f> (a \*bug\*)",
        ),
        ("member:5 cost", None, "5 cost until 2026-99-18 12:00 UTC", None),
        ("temperature", "1.5.2", "x", r"temperature: 1\.5.2 → x"),
        ("footer", "bold", "5", "footer: bold → 5"),
    ],
)
def test_ids_are_mentions_and_amounts_have_their_unit(
    target: str, before: str | None, after: str | None, words: str | None
) -> None:
    """Whoever reads the trail sees names and amounts, and values as they were written."""
    if words is None:  # no such day
        words = "<@5> cost: none → $0.000005 until 2026-99-18 12:00 UTC"
    assert line(target, before, after) == words


NOTED = [
    (
        "role:5 tokens/day",
        "5000",
        None,
        "<@&5> Tokens/Tag: 5.000 Tokens → nichts",
        "<@&5> トークン/日\uff1a5,000トークン → なし",
    ),
    ("everyone requests/day", None, "1", "jedes Mitglied Anfragen/Tag: nichts → 1 Anfrage", None),
    ("channel:5 reports", "allow", "deny", "<#5> Berichte: erlaubt → verboten", None),
    ("member:5", "not exempt", "exempt", "<@5>: nicht ausgenommen → ausgenommen", None),
    (
        "persona of channel:5",
        None,
        "2,000 characters",
        "Persona von <#5>: nichts → 2.000 Zeichen",
        "<#5> のペルソナ\uff1aなし → 2,000文字",
    ),
    ("persona of server", "1 characters", None, "Persona des Servers: 1 Zeichen → nichts", None),
    ("footer in channel:5", None, "hidden", "fußzeile in <#5>: nichts → verborgen", None),
    (
        "temperature",
        "0.5",
        "1",
        "temperatur: 0,5 → 1",
        "温度\uff1a0.5 → 1",
    ),
    ("context", None, "32000", "kontext: nichts → 32.000 Tokens", None),
    ("timezone", "UTC", "Europe/Berlin", "zeitzone: UTC → Europe/Berlin", None),
    (
        "member:5",
        "3 of 50 requests/day, 1500000 of 2000000 cost/month",
        "afresh (a bug)",
        "<@5>: 3 von 50 Anfragen/Tag, 1,50 $ von 2,00 $/Monat → von vorn (a bug)",
        "<@5>\uff1aリクエスト50件中3/日、$2.00中$1.50/月 → 最初から (a bug)",
    ),
    (
        "member:5 cost",
        None,
        "2500000 cost until 2026-03-18 12:00 UTC",
        "<@5> Kosten: nichts → 2,50 $ bis <t:1773835200:f>",
        None,
    ),
    ("channel:5", "tokens=5000", "cost=5000000", "<#5>: 5.000 Tokens → 5,00 $", None),
]
"""What is noted, and how it reads in German and, where that says more, in Japanese."""


@pytest.mark.parametrize(("target", "before", "after", "german", "japanese"), NOTED)
def test_what_is_noted_is_read_in_ones_own_language(
    target: str, before: str | None, after: str | None, german: str, japanese: str | None
) -> None:
    """Names, words and numbers of a stored change are the reader's; a reason is its writer's."""
    change = Change(1, AT, 20, "x", None, target, before, after)
    for language, words in (("de", german), ("ja", japanese)):
        with speaking(language):
            [shown] = change_lines([change])
        if words is not None:
            assert shown.replace("\N{NO-BREAK SPACE}", " ").endswith(f"**/x** {words}")


WORDS = sorted({word for row in NOTED for it in row[:3] for word in (it or "").split()})
PIECES = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.text(max_size=5),
        st.sampled_from(["persona", "of", "until", "9" * 18, "٣", "\ud800"]),
    ),
    max_size=40,
)


@given(st.sampled_from(sorted(LANGUAGES)), PIECES, PIECES, PIECES)
def test_any_row_is_shown(
    language: str, target: list[str], before: list[str], after: list[str]
) -> None:
    """Whatever stands in a row of the trail, it is one line, and ten of them fit a message."""
    change = Change(1, AT, 20, "x", None, " ".join(target), " ".join(before), " ".join(after))
    with speaking(language):
        [shown, *more] = change_lines([change] * 10)
    assert len(shown.splitlines()) == 1
    assert sum(len(it) + 1 for it in (shown, *more)) <= 3_900


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
