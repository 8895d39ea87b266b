"""Rules and arithmetic of limits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import QuotaReached
from bot.messages import Price
from bot.quota.fitting import fit
from bot.quota.rules import (
    Amounts,
    Decision,
    Demand,
    Meter,
    Rule,
    Scope,
    Standing,
    Subject,
    Use,
    decisions,
    matching,
    tightest,
    use_counted,
    zone_counted,
)
from bot.quota.text import parse_default_quota
from bot.quota.windows import Window

GUILD, CHANNEL, THREAD, ANN, BEN, CREW, STAFF = 1, 10, 11, 20, 21, 30, 31
NOW = datetime(2026, 3, 18, 12, 34, 56, 789, tzinfo=UTC)
PRICE = Price(prompt=Decimal("0.0000004"), completion=Decimal("0.0000022"))
CEILING = Rule(Scope.BOT, Meter.COST, Window.DAY, 5_000_000)
SERVER_CEILING = Rule(Scope.OPERATOR, Meter.COST, Window.DAY, 1_000_000)
DEFAULTS = parse_default_quota("requests/day=50")


def rule(
    scope: Scope,
    amount: int = 10,
    target_id: int | None = None,
    meter: Meter = Meter.REQUESTS,
    window: Window = Window.DAY,
) -> Rule:
    """Return a rule."""
    return Rule(scope, meter, window, amount, target_id)


def standing(
    meter: Meter, left: int, resets_in: int = 1, scope: Scope = Scope.MEMBER, amount: int = 1000
) -> Standing:
    """Return a standing with so much left."""
    resets_at = NOW + timedelta(hours=resets_in)
    return Standing(Rule(scope, meter, Window.DAY, amount), amount - left, 0, resets_at)


def demand(
    prompt: int = 100, most: int = 1000, least: int = 50, price: Price | None = PRICE
) -> Demand:
    """Return a turn's worst case."""
    return Demand(prompt, most, least, price)


class TestMatching:
    """Which rules a turn must keep."""

    subject = Subject(ANN, GUILD, THREAD, role_ids=(CREW, STAFF), parent_channel_id=CHANNEL)

    def matching(self, *rules: Rule, subject: Subject | None = None) -> list[Rule]:
        return matching(rules, subject or self.subject, DEFAULTS, None)

    def test_ceiling_always_matches(self) -> None:
        """The bot-wide ceiling holds in servers and in direct messages, beside everything else."""
        dm = Subject(ANN, None, CHANNEL)
        assert matching([rule(Scope.SERVER)], self.subject, DEFAULTS, CEILING)[-1] == CEILING
        assert matching([], dm, DEFAULTS, CEILING) == [*DEFAULTS, CEILING]

    def test_server_rule_matches_everyone(self) -> None:
        """A server's rule is kept by each of its members."""
        assert self.matching(rule(Scope.SERVER)) == [rule(Scope.SERVER)]

    @pytest.mark.parametrize(("target", "kept"), [(CHANNEL, True), (THREAD, True), (12, False)])
    def test_channel_rule_matches_its_threads(self, target: int, kept: bool) -> None:
        """A channel's rule is kept in the channel and in its threads, and nowhere else."""
        assert (
            rule(Scope.CHANNEL, target_id=target)
            in self.matching(rule(Scope.CHANNEL, target_id=target))
        ) is kept

    def test_member_comes_before_role_and_everyone(self) -> None:
        """A rule for the member decides, even where a role's is more generous."""
        own = rule(Scope.MEMBER, 1, ANN)
        others = rule(Scope.ROLE, 99, CREW), rule(Scope.EVERYONE, 98)
        assert self.matching(*others, own) == [own]

    def test_most_generous_role_decides(self) -> None:
        """Of a member's roles the one that allows most decides, and stands above everyone's."""
        crew, staff = rule(Scope.ROLE, 5, CREW), rule(Scope.ROLE, 7, STAFF)
        stranger, everyone = rule(Scope.ROLE, 99, 32), rule(Scope.EVERYONE, 50)
        assert self.matching(crew, staff, stranger, everyone) == [staff]
        assert self.matching(staff, crew, stranger, everyone) == [staff]

    def test_of_equal_roles_the_older_decides(self) -> None:
        """Of two roles that allow the same it is always the same one that decides."""
        crew, staff = rule(Scope.ROLE, 5, CREW), rule(Scope.ROLE, 5, STAFF)
        assert self.matching(crew, staff) == self.matching(staff, crew) == [crew]

    def test_role_of_everyone_is_everyones(self) -> None:
        """Discord's @everyone, a role with the server's id, is held by each member."""
        assert self.matching(rule(Scope.ROLE, 5, GUILD)) == [rule(Scope.ROLE, 5, GUILD)]

    def test_specificity_counts_by_meter_and_window(self) -> None:
        """A member's rule for one meter and window leaves everyone's for others in force."""
        own = rule(Scope.MEMBER, 1, ANN)
        by_week = rule(Scope.EVERYONE, 9, window=Window.WEEK)
        tokens = rule(Scope.EVERYONE, 9, meter=Meter.TOKENS)
        assert set(self.matching(own, by_week, tokens)) == {own, by_week, tokens}

    @pytest.mark.parametrize(
        "set_rule",
        [
            rule(Scope.SERVER),
            rule(Scope.MEMBER, target_id=ANN),
            rule(Scope.ROLE, target_id=CREW),
            rule(Scope.EVERYONE, meter=Meter.COST),
        ],
    )
    def test_any_rule_for_a_person_replaces_the_defaults(self, set_rule: Rule) -> None:
        """Where a server has set something for a person, the defaults no longer stand."""
        assert self.matching(set_rule) == [set_rule]

    @pytest.mark.parametrize(
        "set_rule",
        [
            rule(Scope.MEMBER, target_id=BEN),
            rule(Scope.ROLE, target_id=32),
            rule(Scope.CHANNEL, target_id=12),
        ],
    )
    def test_rules_for_others_leave_the_defaults(self, set_rule: Rule) -> None:
        """The defaults stand for a person for whom the server has set nothing."""
        assert self.matching(set_rule) == list(DEFAULTS)

    def test_channel_rule_stands_beside_the_defaults(self) -> None:
        """A channel's rule limits the channel, and replaces no person's default."""
        channel = rule(Scope.CHANNEL, target_id=CHANNEL)
        assert self.matching(channel) == [*DEFAULTS, channel]

    def test_exempt_have_no_personal_rules(self) -> None:
        """Who is exempt has neither personal rules nor defaults, but all that are shared."""
        shared = [rule(Scope.SERVER), rule(Scope.CHANNEL, target_id=CHANNEL)]
        rules = [rule(Scope.MEMBER, 1, ANN), rule(Scope.EVERYONE, 1), *shared]
        ceilings = (SERVER_CEILING, CEILING)
        found = matching(rules, self.subject, DEFAULTS, *ceilings, exempt=True)
        assert found == [*shared, *ceilings]
        assert matching([], self.subject, DEFAULTS, *ceilings, exempt=True) == [*ceilings]

    def test_operators_ceiling_is_for_servers(self) -> None:
        """The operator's ceiling for a server holds in each of them, not in direct messages."""
        dm = Subject(ANN, None, CHANNEL)
        assert matching([], self.subject, DEFAULTS, SERVER_CEILING) == [*DEFAULTS, SERVER_CEILING]
        assert matching([], dm, DEFAULTS, SERVER_CEILING, CEILING) == [*DEFAULTS, CEILING]

    def test_yielding(self) -> None:
        """A rule that decides is told with those that yield to it, the strongest first."""
        own, crew, staff = (
            rule(Scope.MEMBER, 1, ANN),
            rule(Scope.ROLE, 5, CREW),
            rule(Scope.ROLE, 7, STAFF),
        )
        everyone, weekly = rule(Scope.EVERYONE, 50), rule(Scope.EVERYONE, 9, window=Window.WEEK)
        found = decisions([crew, everyone, own, weekly, staff], self.subject, DEFAULTS, [CEILING])
        assert set(found) == {
            Decision(own, (staff, crew, everyone)),
            Decision(weekly),
            Decision(CEILING),
        }

    def test_direct_messages_have_the_defaults(self) -> None:
        """In direct messages no server's rule matches."""
        dm = Subject(ANN, None, CHANNEL)
        assert self.matching(rule(Scope.MEMBER, 1, ANN), subject=dm) == list(DEFAULTS)


@pytest.mark.parametrize(
    ("scope", "target", "use"),
    [
        (Scope.BOT, None, Use()),
        (Scope.OPERATOR, None, Use(guild_id=GUILD)),
        (Scope.SERVER, None, Use(guild_id=GUILD)),
        (Scope.CHANNEL, CHANNEL, Use(guild_id=GUILD, channel_id=CHANNEL)),
        (Scope.MEMBER, ANN, Use(ANN, GUILD)),
        (Scope.ROLE, CREW, Use(ANN, GUILD)),
        (Scope.EVERYONE, None, Use(ANN, GUILD)),
        (Scope.DEFAULT, None, Use(ANN, GUILD)),
    ],
)
def test_use_counted(scope: Scope, target: int | None, use: Use) -> None:
    """Shared rules count what all use, personal ones what the member uses in that server."""
    subject = Subject(ANN, GUILD, THREAD, parent_channel_id=CHANNEL)
    assert use_counted(rule(scope, target_id=target), subject) == use


def test_zone_counted() -> None:
    """A server's rules follow its clock; the bot's ceiling and direct messages follow UTC."""
    zone = ZoneInfo("Asia/Tokyo")
    assert zone_counted(rule(Scope.DEFAULT), GUILD, zone) is zone
    assert zone_counted(rule(Scope.DEFAULT), None, zone) is UTC
    assert zone_counted(CEILING, GUILD, zone) is UTC
    assert zone_counted(SERVER_CEILING, GUILD, zone) is UTC


class TestFit:
    """What a turn may hold."""

    def test_room_for_all(self) -> None:
        """With enough left a turn holds its worst case."""
        amounts, output = fit(demand(), [standing(Meter.TOKENS, 1100, amount=5000)])
        assert output == 1000
        assert amounts == Amounts(1, 1100, PRICE.micros(100, 1000))

    def test_without_any_limit(self) -> None:
        """Without a limit a turn still holds its worst case, for limits set meanwhile."""
        assert fit(demand(), []) == (Amounts(1, 1100, PRICE.micros(100, 1000)), 1000)

    def test_tokens_lower_the_output(self) -> None:
        """What tokens are left bounds the output, and that is held."""
        amounts, output = fit(demand(), [standing(Meter.TOKENS, 160)])
        assert output == 60
        assert amounts.tokens == 160

    def test_cost_lowers_the_output(self) -> None:
        """The output is the largest whose cost still fits, to the micro-dollar."""
        amounts, output = fit(demand(), [standing(Meter.COST, 200)])
        assert (output, amounts.cost_micros) == (72, 199)
        assert PRICE.micros(100, 73) > 200

    def test_smallest_room_decides(self) -> None:
        """Of several limits the narrowest bounds the output."""
        limits = [
            standing(Meter.TOKENS, 500),
            standing(Meter.COST, 200),
            standing(Meter.TOKENS, 160),
        ]
        assert fit(demand(), limits)[1] == 60

    @pytest.mark.parametrize(
        ("meter", "left", "needed"),
        [
            (Meter.REQUESTS, 0, 1),
            (Meter.TOKENS, 149, 150),
            (Meter.COST, 149, 150),
        ],
    )
    def test_too_little_left(self, meter: Meter, left: int, needed: int) -> None:
        """Where the least turn does not fit, the refusal says which limit, and what it needs."""
        with pytest.raises(QuotaReached) as caught:
            fit(demand(), [standing(meter, left)])
        refusal = caught.value
        assert (refusal.meter, refusal.window, refusal.scope) == (meter, "day", "member")
        assert (refusal.limit, refusal.left, refusal.needed) == (1000, left, needed)
        assert refusal.resets_at == NOW + timedelta(hours=1)

    def test_latest_reset_is_reported(self) -> None:
        """Of several limits that refuse, the one to wait longest for is named."""
        limits = [
            standing(Meter.REQUESTS, 0, resets_in=2),
            standing(Meter.TOKENS, 0, resets_in=30),
            standing(Meter.COST, 500, resets_in=99),
        ]
        with pytest.raises(QuotaReached) as caught:
            fit(demand(), limits)
        assert caught.value.meter == Meter.TOKENS

    def test_without_a_price_all_is_held(self) -> None:
        """Where nobody knows the price, all that is left of each cost limit is held."""
        limits = [standing(Meter.COST, 7), standing(Meter.COST, 900)]
        assert fit(demand(price=None), limits) == (Amounts(1, 1100, 900), 1000)

    def test_without_a_price_something_must_be_left(self) -> None:
        """Where nobody knows the price, a cost limit that is used up refuses."""
        with pytest.raises(QuotaReached):
            fit(demand(price=None), [standing(Meter.COST, 0)])

    def test_free_model_passes_a_used_up_cost_limit(self) -> None:
        """What costs nothing needs nothing of a cost limit."""
        free = Price(Decimal(0), Decimal(0))
        assert fit(demand(price=free), [standing(Meter.COST, 0)])[1] == 1000

    def test_output_below_the_least(self) -> None:
        """A turn that wants less than the least worth asking for needs no more than it wants."""
        assert fit(demand(most=10, least=50), [standing(Meter.TOKENS, 110)])[1] == 10

    @given(
        prompt=st.integers(0, 5000),
        most=st.integers(1, 5000),
        least=st.integers(1, 500),
        lefts=st.lists(st.tuples(st.sampled_from(list(Meter)), st.integers(0, 20_000)), max_size=4),
        completion=st.decimals("0", "0.00001", places=9),
        request=st.sampled_from([Decimal(0), Decimal("0.0001")]),
    )
    def test_holds_fit_and_waste_nothing(
        self,
        prompt: int,
        most: int,
        least: int,
        lefts: list[tuple[Meter, int]],
        completion: Decimal,
        request: Decimal,
    ) -> None:
        """A hold never exceeds what is left, and one more token would, or is unwanted."""
        price = Price(Decimal("0.0000005"), completion, request)
        limits = [standing(meter, left, amount=20_000) for meter, left in lefts]
        wanted = demand(prompt, most, least, price)

        def fits(output: int) -> bool:
            held = Amounts(1, prompt + output, price.micros(prompt, output))
            return all(held.of(it.rule.meter) <= it.left for it in limits)

        try:
            amounts, output = fit(wanted, limits)
        except QuotaReached:
            assert not fits(min(least, most))
        else:
            assert amounts == Amounts(1, prompt + output, price.micros(prompt, output))
            assert fits(output)
            assert output == most or not fits(output + 1)
            assert output >= min(least, most)


class TestTightest:
    """Which limit is nearest to its end."""

    def test_smallest_share(self) -> None:
        """The smallest share left decides, not the smallest number."""
        tokens = standing(Meter.TOKENS, 5000, amount=100_000)
        requests = standing(Meter.REQUESTS, 10, amount=50)
        assert tightest([requests, tokens]) is tokens

    @pytest.mark.parametrize("scope", [Scope.BOT, Scope.OPERATOR])
    def test_ceiling_is_nobodys_own(self, scope: Scope) -> None:
        """The operator's ceilings are left aside."""
        assert tightest([standing(Meter.COST, 1, scope=scope)]) is None

    def test_grants_are_left_too(self) -> None:
        """What grants have left counts as left."""
        used_up = standing(Meter.TOKENS, 0)
        granted = replace(standing(Meter.REQUESTS, 0), granted=500)
        assert (granted.left, granted.ordinary_left) == (500, 0)
        assert tightest([granted, used_up]) is used_up

    def test_limit_of_nothing(self) -> None:
        """A limit of 0 has nothing left."""
        nothing = standing(Meter.COST, 0, amount=0)
        assert tightest([standing(Meter.TOKENS, 1), nothing]) is nothing


class TestDefaultQuota:
    """How the settings' default limits are written."""

    def test_meters_and_windows(self) -> None:
        """Limits are separated by commas; a cost is in dollars."""
        assert parse_default_quota("requests/day=50, tokens/day=200000,cost/month=2.50") == (
            Rule(Scope.DEFAULT, Meter.REQUESTS, Window.DAY, 50),
            Rule(Scope.DEFAULT, Meter.TOKENS, Window.DAY, 200_000),
            Rule(Scope.DEFAULT, Meter.COST, Window.MONTH, 2_500_000),
        )

    def test_none(self) -> None:
        """An empty setting means no limits."""
        assert parse_default_quota("  ") == ()

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("requests", "meter/window=amount"),
            ("requests=5", "meter/window=amount"),
            ("words/day=5", "requests, tokens, cost"),
            ("requests/year=5", "minute, hour, day, week, month"),
            ("requests/day=-1", "at least 0"),
            ("requests/day=many", "whole number"),
            ("requests/day=", "whole number"),
            ("requests/day=1.5", "whole number"),
            ("cost/day=NaN", "amount in dollars"),
            ("tokens/day=1e999999999", "at most"),
            ("cost/day=2000000000", "at most 1000000000"),
            ("requests/day=1, requests/day=2", "twice"),
        ],
    )
    def test_what_is_wrong(self, text: str, says: str) -> None:
        """A malformed limit is answered with what to write instead."""
        with pytest.raises(ValueError, match=says):
            parse_default_quota(text)
