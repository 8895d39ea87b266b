"""Access in words."""

import pytest

from bot.errors import AccessDenied
from bot.quota.access import AccessRule, Area, Effect, Kind, Target
from bot.render.admissions import access_lines, denied_words, summary

ASK = " Ask someone who manages this server to change that. Nothing was spent."


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (AccessDenied("use", "member", 5), "This server does not let you use me."),
        (
            AccessDenied("use", "role", 5),
            "This server does not let members with <@&5> use me.",
        ),
        (AccessDenied("use", "channel", 5), "This server does not let anyone use me in <#5>."),
        (
            AccessDenied("use", "channel", None, (("channel", 1),)),
            "This server lets people use me only in <#1>.",
        ),
        (
            AccessDenied("use", "channel", None, tuple(("channel", n) for n in (1, 2, 3))),
            "This server lets people use me only in <#1>, <#2> or <#3>.",
        ),
        (
            AccessDenied("use", "channel", None, tuple(("channel", n) for n in range(1, 9))),
            "This server lets people use me only in <#1>, <#2>, <#3>, <#4>, <#5> or 3 more.",
        ),
        (
            AccessDenied("use", "member", None, (("member", 9), ("role", 1))),
            "This server lets only members with <@&1> use me, and some members by name.",
        ),
        (
            AccessDenied("use", "member", None, (("member", 9),)),
            "This server lets only some members, by name, use me.",
        ),
    ],
)
def test_a_refusal_says_what_forbids_it_and_whom_to_ask(error: AccessDenied, words: str) -> None:
    """Channels and roles are named, members are not: who may is theirs to tell."""
    assert denied_words(error) == words + ASK


def test_a_refusal_of_reports() -> None:
    """Who may not read learns who could let them, or where they may."""
    for kind in ("member", "role"):
        assert "Manage Server" in denied_words(AccessDenied("reports", kind, 5))
    assert "Manage Server" in denied_words(AccessDenied("reports", "member"))
    assert "<#5>" in denied_words(AccessDenied("reports", "channel", 5))
    elsewhere = AccessDenied("reports", "channel", None, (("channel", 6),))
    assert denied_words(elsewhere) == "You may read that only in <#6>."


def rules(*words: str) -> list[AccessRule]:
    """Return rules from words such as "use allow role"."""
    parts = [word.split() for word in words]
    return [
        AccessRule(Area(area), Effect(effect), Target(Kind(kind), 5))
        for area, effect, kind in parts
    ]


def test_what_all_rules_come_to() -> None:
    """One sentence says who may, in each area."""
    assert summary(Area.USE, []) == "Everyone may use me in every channel."
    assert summary(Area.USE, rules("use allow channel", "use deny role")) == (
        "Everyone may use me in the allowed channels and their threads, unless they or the "
        "channel are denied."
    )
    assert summary(Area.USE, rules("use allow role", "reports deny role")) == (
        "The allowed roles and members may use me in every channel."
    )
    only = "Only those who manage this server may read its reports."
    assert summary(Area.REPORTS, []) == only
    assert summary(Area.REPORTS, rules("reports allow channel")) == only
    assert "Integrations" in summary(Area.REPORTS, rules("reports allow member"))


def test_every_rule_has_a_line() -> None:
    """The list names each rule under its area, channels first."""
    listed = "\n".join(
        access_lines(rules("use allow member", "use allow channel", "use deny role"))
    )
    assert "- Allow: <#5>\n- Allow: <@5>\n- Deny: <@&5>" in listed
