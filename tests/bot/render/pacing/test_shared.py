"""The whole bot's permits, where the way to Discord is long for a while and then short again."""

import pytest

from bot.render.pacing.lanes import Lane, Urgency
from tests.bot.render.pacing.discords_limits import Asked, CountingDiscord, play

QUICK = 0.005


@pytest.mark.parametrize("slow", [0.02, 0.05, 0.1, 0.3])
def test_quick_requests_after_slow_ones_come_not_too_early(slow: float) -> None:
    """What went slowly reached Discord late: quick requests a second later leave it that second."""
    begun = [(0.0, QUICK)] * 10 + [(2.0, slow)] * 120 + [(2.1, QUICK)] * 120
    asked = [
        Asked(Lane.edit(number), Urgency.LAST, at, there, QUICK)
        for number, (at, there) in enumerate(begun)
    ]
    discord = CountingDiscord()
    play(asked, discord)
    assert discord.refused == []
