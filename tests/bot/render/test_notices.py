"""Words: every error says what happened, what it cost and what to do, and shows no internals."""

from datetime import UTC, datetime, timedelta
from inspect import getmembers, isclass

import pytest

from bot import errors
from bot.messages import AnswerState, Usage
from bot.notes import Unread
from bot.quota.rules import Meter, Rule, Scope, Standing
from bot.quota.windows import Window
from bot.render.amounts import amount_words, quota_lines, rule_words, usage_bars
from bot.render.notices import notice, plain_text
from bot.render.screen.lines import closing_line, ending_words, meter_line, note_lines
from bot.snapshots import Closing, Left, Snapshot
from bot.words import say

RESETS = datetime(2026, 8, 1, 12, tzinfo=UTC)
STAMP = f"<t:{int(RESETS.timestamp())}:R>"


def reached(**changes: object) -> errors.QuotaReached:
    """Return a refusal of fifty requests a day, with changes."""
    values: dict[str, object] = {
        "meter": "requests",
        "window": "day",
        "scope": "default",
        "limit": 50,
        "used": 50,
        "held": 0,
        "needed": 1,
        "resets_at": RESETS,
    }
    return errors.QuotaReached(**(values | changes))  # type: ignore[arg-type]  # mixed on purpose


EXAMPLES: list[Exception] = [
    reached(),
    errors.QueueFull(5),
    errors.QuestionEmpty((Unread("photo.png", "unread-kind", "image/png"),)),
    errors.NothingToRead((Unread("photo.png", "unread-too-large", "1000"),)),
    errors.Withdrawn(),
    errors.Repeated(),
    errors.PriceUnknown(),
    errors.DiscordUnreachable("secret"),
    errors.QuestionTooLong(90_000, 32_000),
    errors.QuestionTooLong(1_200, 1_000, persona=900),
    errors.AnswerTooLong(33_000, 32_000),
    errors.QuestionTooLong(33_000, 32_000, ("notes.txt", "Always answer in verse")),
    errors.NotAllowed("you", "Manage Server"),
    errors.NotAllowed("bot", "Create Public Threads"),
    errors.NotHere("use `/chat` in a text channel"),
    errors.InvalidChoice("amount", "write a whole number"),
    errors.NotYours(),
    errors.AccessDenied("use", "member", 5),
    errors.AccessDenied("reports", "member"),
    errors.AlreadyEnded(),
    errors.BeingWritten(),
    errors.NothingThere(),
    errors.ThinkingHidden(),
    errors.ProposalGone(),
    errors.NotOwner(),
    errors.NotOwner(7),
    errors.Forgotten(),
    errors.QuoteForgotten(),
    errors.QuoteGone(),
    errors.PlaceClosed(),
    errors.ShuttingDown(),
    errors.InvalidRequest(status=400, detail="secret"),
    errors.KeyRejected(status=401, detail="secret"),
    errors.CreditsExhausted(status=402, detail="secret"),
    errors.Moderated(status=403, detail="secret", reasons=("violence",)),
    errors.NoEndpoint(status=404, detail="secret"),
    errors.RateLimited(status=429, detail="secret", retry_after=7),
    errors.ProviderTrouble(status=502, detail="secret"),
    errors.Unreachable(detail="secret"),
    errors.EmptyAnswer(detail="secret", begun=True),
    errors.StreamBroken(detail="secret", begun=True),
    errors.ScreenGone(),
    errors.OutOfReach(),
    errors.StorageTrouble("busy", "secret"),
    errors.StorageTrouble("corrupt", "secret"),
    KeyError("secret"),
]


@pytest.mark.parametrize("error", EXAMPLES, ids=lambda error: type(error).__name__)
def test_every_error_becomes_a_whole_sentence(error: Exception) -> None:
    """Whatever went wrong, people read a sentence, and nothing of what the services said."""
    words = notice(error)
    assert words[0].isupper() or words[0] in "`0123456789"
    assert words.endswith((".", "!"))
    assert "secret" not in words


def test_every_kind_of_error_is_among_the_examples() -> None:
    """A new error gets words of its own."""
    kinds = {kind for _, kind in getmembers(errors, isclass) if issubclass(kind, Exception)}
    above = {errors.ThreadlightError, errors.Refused, errors.ModelError}
    assert kinds - above == {type(error) for error in EXAMPLES} - {KeyError}


def test_what_is_unknown_gets_calm_words() -> None:
    """An error that nobody foresaw shows nothing of itself."""
    assert notice(ValueError("x" * 10)) == say("unknown-error")


def test_a_reached_limit_is_named_with_its_reset() -> None:
    """Whoever is refused knows the rule, what is left of it, and when to come back."""
    assert notice(reached()) == (
        "The limit of 50 requests a day for each person is reached: 0 requests are left. "
        f"It resets {STAMP}. Nothing was spent."
    )


def test_what_running_answers_hold_is_told() -> None:
    """A limit can be reached before it is used up."""
    assert notice(reached(scope="member", used=48, held=2)) == (
        "Your own limit of 50 requests a day is reached: 0 requests are left, "
        "with 2 requests held by answers still being written. "
        f"It resets {STAMP}. Nothing was spent."
    )


def test_what_a_question_needs_is_told() -> None:
    """Something can be left and yet be too little."""
    few = reached(
        meter="tokens", scope="server", window="month", limit=200_000, used=199_999, needed=3_200
    )
    assert notice(few) == (
        "This server's limit of 200,000 tokens a month for everyone together is reached: "
        "1 token is left, and this question needs at least 3,200 tokens. "
        f"It resets {STAMP}. Nothing was spent."
    )


def test_a_question_that_no_window_has_room_for_is_told_so() -> None:
    """Waiting would not help, so it is not advised."""
    assert notice(reached(meter="cost", scope="bot", limit=1_000, used=0, needed=2_000)) == (
        "The whole bot's limit of $0.001 a day for everyone together is too small for this "
        "question, which needs at least $0.002; $0.001 is left. A shorter question may fit, or a "
        "higher limit from whoever manages them. Nothing was spent."
    )


@pytest.mark.parametrize(("begun", "cost"), [(False, "It cost nothing."), (True, "is charged.")])
def test_a_failure_says_whether_it_cost_anything(begun: bool, cost: str) -> None:
    """A failure before the first token is free, one after it is not."""
    assert notice(errors.ProviderTrouble(status=502, begun=begun)).endswith(cost)


@pytest.mark.parametrize(
    ("meter", "amount", "words"),
    [
        ("requests", 50, "50 requests"),
        ("requests", 1, "1 request"),
        ("tokens", 200_000, "200,000 tokens"),
        ("cost", 2_500_000, "$2.50"),
        ("cost", 0, "$0.00"),
        ("cost", 2_100, "$0.0021"),
        ("cost", 37, "$0.000037"),
        ("cost", 1_234_560_000, "$1,234.56"),
    ],
)
def test_amounts_read_well(meter: str, amount: int, words: str) -> None:
    """Amounts have their unit, and money as many digits as it takes."""
    assert amount_words(meter, amount) == words


def test_rules_are_told_by_whom_they_are_for() -> None:
    """A list of rules names limit and target, rules of a kind together."""
    rules = [
        Rule(Scope.EVERYONE, Meter.REQUESTS, Window.DAY, 50),
        Rule(Scope.MEMBER, Meter.COST, Window.HOUR, 500_000, target_id=7),
        Rule(Scope.SERVER, Meter.TOKENS, Window.WEEK, 1_000_000),
    ]
    assert rule_words(rules[0]) == "50 requests a day for each member"
    assert quota_lines(rules) == (
        "- 1,000,000 tokens a week for the whole server, everyone together",
        "- $0.50 an hour for <@7>",
        "- 50 requests a day for each member",
    )


def test_usage_is_shown_as_bars() -> None:
    """A bar shows a little use as a cell and is full only when nothing is left."""
    rule = Rule(Scope.DEFAULT, Meter.REQUESTS, Window.DAY, 1000)

    def bar(used: int, held: int = 0) -> str:
        [line] = usage_bars([Standing(rule, used, held, RESETS)])
        return line.split("\n")[1]

    assert bar(0) == f"▱▱▱▱▱▱▱▱▱▱ 0 of 1,000 requests used · 1,000 left · resets {STAMP}"
    assert bar(1).startswith("▰▱▱▱▱▱▱▱▱▱ 1 of")
    assert bar(998, 1).startswith("▰▰▰▰▰▰▰▰▰▱ 998 of 1,000 requests used · 1 held · 1 left")
    assert bar(1000).startswith("▰▰▰▰▰▰▰▰▰▰ ")
    nothing = Rule(Scope.DEFAULT, Meter.REQUESTS, Window.DAY, 0)
    assert usage_bars([Standing(nothing, 0, 0, RESETS)])[0].count("▰") == 10


def test_the_closing_line_leaves_out_what_is_not_known() -> None:
    """Seconds, tokens, cost and what is left, each only if there is something to say."""
    usage = Usage(1000, 834, 2100)
    left = Left("requests", "day", 37, 50, RESETS)
    took = timedelta(seconds=12.3)
    assert closing_line(Closing(AnswerState.COMPLETE, took, usage, left)) == (
        "-# 12.3 s · 1,834 tokens · $0.0021 · 37 of 50 requests left today"
    )
    estimated = Usage(1000, 834, 2100, estimated=True)
    assert closing_line(Closing(AnswerState.STOPPED, took, estimated)) == (
        "-# stopped · 12.3 s · ≈ 1,834 tokens · ≈ $0.0021"
    )
    assert closing_line(Closing(AnswerState.INTERRUPTED, timedelta(0))) == "-# interrupted"
    assert closing_line(Closing(AnswerState.COMPLETE, timedelta(0))) == ""
    cost = Left("cost", "month", 1_200_000, 5_000_000, RESETS)
    assert closing_line(Closing(AnswerState.LENGTH, timedelta(seconds=125), left=cost)) == (
        "-# cut off at its length limit · 2 min 5 s · $1.20 of $5.00 left this month"
    )


def test_the_meter_says_what_the_model_is_doing() -> None:
    """Waiting, thinking and writing read differently."""
    waited = timedelta(seconds=3.9)
    thinking = Snapshot(1, thinking_tokens=1200, thinking_for=timedelta(seconds=72))
    assert meter_line(Snapshot(1), waited) == "-# waiting for the model · 3 s"
    assert meter_line(thinking, waited) == "-# 💭 thinking for 1 min 12 s · about 1,200 tokens"
    assert meter_line(Snapshot(1, text="Hi"), waited) == "-# ✍️ writing"


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (AnswerState.COMPLETE, "without a word"),
        (AnswerState.STOPPED, "Stopped before the first word"),
        (AnswerState.LENGTH, "for thinking"),
        (AnswerState.INTERRUPTED, "restarted"),
    ],
)
def test_an_answer_without_text_says_why(state: AnswerState, words: str) -> None:
    """Nobody is left with an empty message."""
    closing = Closing(state, timedelta(1))
    assert words in ending_words(closing, shows_text=False)


def test_notes_are_small_lines_and_never_silently_dropped() -> None:
    """Each note is one line; those that have no room are counted."""
    assert note_lines(("a.bin: not\na text", " ")) == "-# a.bin: not a text"
    assert note_lines(["x" * 100] * 50).endswith("-# and 36 more")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ada", "Ada"),
        ("**Ada**", r"\*\*Ada\*\*"),
        ("<@123> [x](y)", r"\<@123> \[x\](y)"),
        ("# a\n- b\n1. c\n> d", "\\# a\n\\- b\n1\\. c\n\\> d"),
        ("a\x00b\x1b\u202ec", "abc"),
        ("||x|| `y` ~~z~~ _w_", r"\|\|x\|\| \`y\` \~\~z\~\~ \_w\_"),
    ],
)
def test_names_are_shown_as_they_are(name: str, shown: str) -> None:
    """Markdown, mentions and control characters in a name do nothing."""
    assert plain_text(name) == shown


def test_pins_without_room_are_named() -> None:
    """The first pins are named as people wrote them, and the rest are counted."""
    words = notice(errors.QuestionTooLong(33_000, 32_000, tuple(f"a*{n}" for n in range(8))))
    assert "“a\\*0”, “a\\*1”, “a\\*2”, “a\\*3”, “a\\*4” and 3 more." in words
