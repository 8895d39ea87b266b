"""How somebody's standing is put into words."""

from datetime import UTC, datetime

from bot.quota.grants import Account, Exemption, ExemptKind, Grant
from bot.quota.rules import Decision, Meter, Rule, Scope, Standing
from bot.quota.windows import Window
from bot.render.accounts import account_lines, grant_words

RESETS = datetime(2026, 3, 19, tzinfo=UTC)
STUDENT = Rule(Scope.ROLE, Meter.REQUESTS, Window.DAY, 20, 30)
OTHERS = Rule(Scope.EVERYONE, Meter.REQUESTS, Window.DAY, 5)
SERVER = Rule(Scope.SERVER, Meter.COST, Window.MONTH, 2_000_000)


def account(*standings: Standing, **changed: object) -> Account:
    """Return an account with these standings, everyone's rule yielding to the role's."""
    yielding = {STUDENT: (OTHERS,)}
    decisions = tuple(Decision(it.rule, yielding.get(it.rule, ())) for it in standings)
    return Account(standings, decisions, **changed)  # type: ignore[arg-type]


def test_what_blocks() -> None:
    """Of the limits that block the one to wait longest for comes first, with its reset."""
    later = datetime(2026, 4, 1, tzinfo=UTC)
    lines = account_lines(
        account(Standing(STUDENT, 20, 0, RESETS), Standing(SERVER, 1_500_000, 500_000, later))
    )
    first, second = (f"resets <t:{int(it.timestamp())}:R>" for it in (later, RESETS))
    assert lines[:2] == (
        f"**Blocked by**: the whole server, everyone together, $2.00 a month, {first}",
        f"**Blocked by**: role <@&30>, 20 requests a day, {second}",
    )


def test_why_it_decides() -> None:
    """Each limit is shown with why it decides, and which yield to it."""
    [line] = account_lines(account(Standing(STUDENT, 3, 0, RESETS)))
    assert "of this member's roles it is the most generous" in line
    assert "Yielding to it: 5 requests a day for each member." in line
    assert "Blocked" not in line


def test_many_rules_yield() -> None:
    """Of those that yield the first are named, as a message holds only so much."""
    roles = tuple(Rule(Scope.ROLE, Meter.REQUESTS, Window.DAY, 9, 10**18 + it) for it in range(250))
    standing = Standing(STUDENT, 3, 0, RESETS)
    [line] = account_lines(Account((standing,), (Decision(STUDENT, roles),)))
    assert len(line) < 1_000
    assert line.endswith(f"<@&{roles[4].target_id}>; 245 more.")


def test_grants() -> None:
    """Where grants have something left nothing blocks, and each is shown with when it expires."""
    soon = Grant(1, Meter.REQUESTS, 10, 4, RESETS)
    ever = Grant(2, Meter.REQUESTS, 1, 1)
    lines = account_lines(account(Standing(STUDENT, 20, 0, RESETS, granted=5), grants=(ever, soon)))
    assert "5 left (5 of it granted)" in lines[0]
    assert lines[-2:] == (
        f"- 4 of 10 requests left, expires <t:{int(RESETS.timestamp())}:R>",
        "- 1 of 1 request left, never expires",
    )
    assert grant_words(Grant(3, Meter.COST, 2_500_000, 10_000)) == (
        "$0.01 of $2.50 left, never expires"
    )


def test_exempt() -> None:
    """Who is exempt is told so first, and by what."""
    by_role = Exemption(ExemptKind.ROLE, 30)
    first, second = account_lines(account(exempt_by=by_role))
    assert first.startswith("**Exempt** by the role <@&30>")
    assert second == "No limit is set."
    member = account(exempt_by=Exemption(ExemptKind.MEMBER, 20))
    assert account_lines(member)[0].startswith("**Exempt** as a member")


def test_reset() -> None:
    """A reset is told last."""
    lines = account_lines(account(Standing(STUDENT, 0, 0, RESETS), reset_at=RESETS))
    assert "begun afresh <t:" in lines[-1]
