"""Requests are limited with Discord's numbers, headers and refusals."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.discord.limits import INVALID_REQUESTS, RateLimits, Verdict

NOON = 1_750_000_000.0
CREATE = ("POST", "/channels/1/messages")
EDIT = ("PATCH", "/channels/1/messages/2")
ORIGINAL = "/webhooks/9/secret-token/messages/@original"


@dataclass
class Clock:
    """A clock that goes on only when it is told to."""

    now: float = NOON

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands still."""
    return Clock()


@pytest.fixture
def limits(clock: Clock) -> RateLimits:
    """Return limits that nothing has been counted against."""
    return RateLimits(clock)


def served(limits: RateLimits, method: str, path: str, times: int = 1) -> int:
    """Return how many of so many requests at once are served."""
    return sum(limits.take(method, path).retry_after is None for _ in range(times))


@pytest.mark.parametrize(
    ("method", "path", "limit", "per_s"),
    [
        (*CREATE, 5, 5.0),
        (*EDIT, 5, 5.0),
        ("PATCH", ORIGINAL, 5, 2.0),
        ("POST", "/webhooks/9/secret-token", 5, 2.0),
        ("POST", "/channels/1/typing", 5, 5.0),
        ("GET", "/channels/1", 10, 10.0),
    ],
)
def test_a_window_holds_so_many_and_starts_with_its_first(
    limits: RateLimits, clock: Clock, method: str, path: str, limit: int, per_s: float
) -> None:
    """The limit is reached at once, and the window ends so long after its first request."""
    first = limits.take(method, path)
    assert first.headers["X-RateLimit-Limit"] == str(limit)
    assert first.headers["X-RateLimit-Remaining"] == str(limit - 1)
    clock.now += per_s / 2
    assert served(limits, method, path, limit) == limit - 1
    refused = limits.take(method, path)
    assert refused.retry_after == pytest.approx(per_s / 2)
    clock.now = NOON + per_s
    assert served(limits, method, path, limit + 1) == limit


def test_a_429_says_when_to_come_back(limits: RateLimits) -> None:
    """A refusal has Discord's body and every header that clients read."""
    served(limits, *CREATE, times=5)
    refused = limits.take(*CREATE)
    assert refused.body == {
        "message": "You are being rate limited.",
        "retry_after": 5.0,
        "global": False,
        "code": 0,
    }
    headers = refused.headers
    assert headers["Via"]
    assert headers["Retry-After"] == "5"
    assert headers["X-RateLimit-Scope"] == "user"
    assert headers["X-RateLimit-Remaining"] == "0"
    assert headers["X-RateLimit-Reset-After"] == "5.000"
    assert headers["X-RateLimit-Reset"] == f"{NOON + 5:.3f}"


def test_edits_of_a_channel_share_one_window(limits: RateLimits) -> None:
    """All messages of a channel share its edits, and other channels have their own."""
    edits = [limits.take("PATCH", f"/channels/1/messages/{n}") for n in range(6)]
    assert [edit.retry_after for edit in edits] == [None] * 5 + [5.0]
    assert served(limits, "PATCH", "/channels/2/messages/1") == 1
    assert served(limits, *CREATE, times=6) == 5


def test_a_bucket_is_named_without_its_owner(limits: RateLimits) -> None:
    """The bucket is the same for all channels and differs between routes."""
    edit, other = limits.take(*EDIT), limits.take("PATCH", "/api/v10/channels/7/messages/8")
    create = limits.take(*CREATE)
    bucket = "X-RateLimit-Bucket"
    assert edit.headers[bucket] == other.headers[bucket] != create.headers[bucket]


def test_versions_and_queries_make_no_other_route(limits: RateLimits) -> None:
    """A path counts the same with the API's version before it and a query behind it."""
    assert served(limits, *CREATE, times=3) == 3
    assert served(limits, "post", "/api/v10/channels/1/messages?wait=true", times=3) == 2


def test_edits_of_old_messages_have_a_lower_limit_unseen(limits: RateLimits, clock: Clock) -> None:
    """Three edits in six seconds for messages over an hour old: error 30046, not in headers."""

    def edit(age_s: float) -> Verdict:
        return limits.take(*EDIT, message_age_s=age_s)

    for _ in range(3):
        assert edit(3601).retry_after is None
    refused = edit(3601)
    assert refused.retry_after == 6.0
    assert refused.body is not None
    assert refused.body["code"] == 30046
    assert refused.headers["X-RateLimit-Remaining"] == "2"
    assert refused.headers["X-RateLimit-Limit"] == "5"
    assert edit(60).retry_after is None
    clock.now += 6
    assert edit(3601).retry_after is None


def test_renaming_is_limited_unseen(limits: RateLimits, clock: Clock) -> None:
    """A name can change twice in ten minutes; other changes are not bound by that."""
    route = ("PATCH", "/channels/1")
    assert limits.take(*route, renames=True).retry_after is None
    assert limits.take(*route, renames=True).retry_after is None
    refused = limits.take(*route, renames=True)
    assert refused.retry_after == 600.0
    assert int(refused.headers["X-RateLimit-Remaining"]) > 0
    assert limits.take(*route).retry_after is None
    assert limits.take("PATCH", "/channels/2", renames=True).retry_after is None
    clock.now += 600
    assert limits.take(*route, renames=True).retry_after is None


def test_an_interactions_token_has_one_window_of_its_own(limits: RateLimits) -> None:
    """Original and follow-ups of a token share five in two seconds; other tokens have theirs."""
    assert served(limits, "PATCH", ORIGINAL, times=3) == 3
    assert served(limits, "POST", "/webhooks/9/secret-token", times=3) == 2
    assert served(limits, "POST", "/webhooks/9/other-token", times=6) == 5
    assert served(limits, "POST", "/interactions/5/secret-token/callback") == 1


def test_the_whole_bot_has_fifty_a_second(limits: RateLimits, clock: Clock) -> None:
    """The 51st request of a second is refused globally, whatever its route."""
    for channel in range(50):
        assert served(limits, "POST", f"/channels/{channel}/messages") == 1
    clock.now += 0.25
    refused = limits.take("POST", "/channels/99/messages")
    assert refused.is_global
    assert refused.retry_after == 0.75
    assert refused.body is not None
    assert refused.body["global"] is True
    assert refused.headers["X-RateLimit-Global"] == "true"
    assert refused.headers["X-RateLimit-Scope"] == "global"
    assert refused.headers["Via"]
    clock.now = NOON + 1
    assert served(limits, "POST", "/channels/99/messages") == 1


def test_interactions_do_not_count_for_the_whole_bot(limits: RateLimits) -> None:
    """Callbacks, originals and follow-ups neither spend the global limit nor meet it."""
    for n in range(100):
        assert served(limits, "POST", f"/interactions/{n}/token-{n}/callback") == 1
        assert served(limits, "PATCH", f"/webhooks/9/token-{n}/messages/@original") == 1
    for channel in range(60):
        limits.take("POST", f"/channels/{channel}/messages")
    assert limits.take("GET", "/gateway").is_global
    assert served(limits, "POST", "/webhooks/9/fresh-token") == 1


def test_a_refused_request_counts_nothing(limits: RateLimits, clock: Clock) -> None:
    """However often one asks in vain, the window does not end later."""
    served(limits, *CREATE, times=500)
    clock.now += 5
    assert served(limits, *CREATE) == 1


def test_ten_thousand_invalid_requests_block_the_bot(limits: RateLimits, clock: Clock) -> None:
    """After 10,000 answers 401, 403 or 429 in ten minutes nothing is served any more."""
    for _ in range(INVALID_REQUESTS - 1):
        limits.note_invalid()
    assert served(limits, "POST", "/interactions/5/token/callback") == 1
    limits.note_invalid()
    refused = limits.take("POST", "/interactions/6/token/callback")
    assert refused.retry_after == 600.0
    assert refused.body is None
    assert "Via" not in refused.headers
    clock.now += 600
    assert served(limits, *CREATE) == 1


def test_spent_windows_are_forgotten(clock: Clock) -> None:
    """A hundred thousand interactions leave no hundred thousand windows behind."""
    limits = RateLimits(clock)
    for n in range(5_000):
        clock.now += 1
        limits.take("POST", f"/webhooks/9/token-{n}")
    assert len(limits._windows) < 2_000  # noqa: SLF001 - memory has no other sign


@given(st.lists(st.floats(0, 3), min_size=1, max_size=60))
def test_no_window_ever_serves_too_many(waits: list[float]) -> None:
    """Whatever the pace, no five seconds from a window's start hold more than five creations."""
    clock = Clock()
    limits = RateLimits(clock)
    starts_at, count = -1.0, 0
    for wait in waits:
        clock.now += wait
        verdict = limits.take(*CREATE)
        if verdict.retry_after is not None:
            assert count == 5
            assert clock.now < starts_at + 5
            continue
        if clock.now >= starts_at + 5:
            starts_at, count = clock.now, 0
        count += 1
        assert count <= 5
        assert int(verdict.headers["X-RateLimit-Remaining"]) == 5 - count


@given(st.lists(st.floats(0, 1), max_size=40))
def test_who_waits_as_told_is_served(waits: list[float]) -> None:
    """After a refusal, the time that it names is always enough."""
    clock = Clock()
    limits = RateLimits(clock)
    for wait in waits:
        clock.now += wait
        verdict = limits.take(*EDIT, message_age_s=7200)
        if verdict.retry_after is not None:
            clock.now += verdict.retry_after
            assert limits.take(*EDIT, message_age_s=7200).retry_after is None
