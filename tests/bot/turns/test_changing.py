"""Changes on their way: those of one message one after the other, and all are waited for."""

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from bot.turns.changing import Changing

CHANGES = st.lists(
    st.tuples(st.frozensets(st.integers(1, 4), max_size=3), st.integers(0, 5)), max_size=12
)
"""Which messages each changes, and how often it lets others work meanwhile."""


async def passing(times: int) -> None:
    """Let others work so many times."""
    for _ in range(times):
        await asyncio.sleep(0)


@given(CHANGES)
def test_changes_of_a_message_come_in_order(changes: list[tuple[frozenset[int], int]]) -> None:
    """Of two changes of one message the first has ended before the second begins."""

    async def all_of_them() -> None:
        changing, trail = Changing(), list[tuple[str, int]]()

        async def change(number: int, ids: frozenset[int], pauses: int) -> None:
            async with changing.under_way(*ids):
                trail.append(("begins", number))
                await passing(pauses)
                trail.append(("ends", number))

        tasks = [asyncio.create_task(change(n, *it)) for n, it in enumerate(changes)]
        await asyncio.sleep(0)
        await changing.settled()
        assert len(trail) == 2 * len(changes)
        for later, (ids, _) in enumerate(changes):
            for earlier in range(later):
                if ids & changes[earlier][0]:
                    assert trail.index(("ends", earlier)) < trail.index(("begins", later))
        await asyncio.gather(*tasks)

    asyncio.run(all_of_them())


async def test_other_messages_do_not_wait() -> None:
    """Changes of different messages are stored at the same time."""
    changing = Changing()
    async with changing.under_way(1), changing.under_way(2, 3):
        pass


async def test_a_change_that_is_given_up() -> None:
    """Where one that waits is given up, those behind it wait for those before it all the same."""
    changing, trail = Changing(), list[str]()

    async def change(name: str) -> None:
        async with changing.under_way(1):
            trail.append(name)

    async with changing.under_way(1):
        given_up, last = (asyncio.create_task(change(name)) for name in ("given up", "last"))
        await asyncio.sleep(0)
        given_up.cancel()
        await asyncio.wait([given_up])
        await passing(5)
        trail.append("first")
    await last
    assert trail == ["first", "last"]
