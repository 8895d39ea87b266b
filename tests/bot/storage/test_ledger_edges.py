"""What windows count that are shorter than what is summed up, or begin and end within it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.quota.rules import Meter, Rule, Scope
from bot.quota.windows import Window
from bot.storage.database import Database
from tests.bot.storage.conftest import NOW
from tests.bot.storage.test_ledger import SUBJECT, spend, used

GUILD = 1


@pytest.mark.parametrize("window", [Window.MINUTE, Window.HOUR])
async def test_what_grants_paid_counts_for_all_but_the_person(
    database: Database, window: Window
) -> None:
    """In a window of single rows too, a server and a channel used what a person's grant paid."""
    scopes = ((Scope.EVERYONE, None), (Scope.SERVER, None), (Scope.CHANNEL, SUBJECT.channel_id))
    async with database.writing() as tx:
        for scope, target in scopes:
            amount = 0 if scope is Scope.EVERYONE else 1_000
            it = Rule(scope, Meter.TOKENS, window, amount, target)
            await tx.ledger.set_rule(GUILD, it, 7, NOW)
        await tx.ledger.grant(GUILD, SUBJECT.user_id, Meter.TOKENS, 500, 7, NOW)
        await spend(tx, SUBJECT)
        assert await used(tx, SUBJECT) == [0, 60, 60]
        assert await used(tx, replace(SUBJECT, user_id=21)) == [0, 60, 60]
        later = NOW + timedelta(hours=1)
        assert [it.used for it in await tx.ledger.standings(SUBJECT, later)] == [0, 0, 0]
