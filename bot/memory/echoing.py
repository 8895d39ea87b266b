"""Finds answers to others that repeat what a person said, and erases them with that.

Conversations are read in which the person spoke, and branches of those, in small steps, and some
of the latest answers elsewhere; texts are compared in a thread. It has to come first: once the
words are gone, nobody knows them.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from bot.ports import Storage, Transaction
from bot.records.echoes import Family, Mark, Marks, Spoken, families, marks_of
from bot.records.erasures import Found

LOOKED_THROUGH = 20_000
"""Turns among which a person's are sought at a time."""

READ_AT_ONCE = 200
"""Texts that are read, and compared, at a time."""

COMPARED_AT_ONCE = 1_000_000
"""Characters of a person's that are looked for at a time: each is looked for by its words."""

ERASED_AT_ONCE = 100
"""Answers whose words go in one transaction."""

READ_ELSEWHERE = 500
"""Answers elsewhere, of which all words are known to be nobody's own."""

_ALL = range(2**62)


@dataclass(frozen=True, slots=True)
class Echo:
    """What repeats a person's words: answers to others, and conversations' titles."""

    answers: tuple[int, ...] = ()
    titles: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """Whose words are looked for where, and the marks of them, in portions.

    What is said `elsewhere`, where the person's words never got, is nobody's own.
    """

    person_id: int
    family: Family
    elsewhere: Sequence[Spoken] = ()
    marks: list[Marks] = field(default_factory=list)


class Echoing:
    """Finds and erases what repeats people's words."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def find(self, person_id: int, until: datetime) -> Echo:
        """Return what repeats a person's words, as far as it has been written."""
        answers, titles = set[int](), set[int]()
        for search in await self.searches(person_id, until):
            async for marks in self._portions(search, until):
                echo = await self._heard(search, marks)
                answers.update(echo.answers)
                titles.update(echo.titles)
        return Echo(tuple(answers), tuple(titles))

    async def erase(self, search: Search, until: datetime) -> Found:
        """Erase what repeats a person's words in some conversations; it keeps in mind which."""
        found = Found()
        async for marks in self._portions(search, until):
            search.marks.append(marks)
            found += await self._erase(await self._heard(search, marks))
        return found

    async def erase_later(
        self, search: Search, since: datetime, begun_by: datetime | None
    ) -> tuple[Found, bool]:
        """Do the same for what was written since; tell whether all of that has ended.

        What had not `begun_by` then, when the words were gone, can't repeat them.
        """
        later: list[Spoken] = []
        for conversation in search.family.conversations if search.marks else ():
            async for some in self._answers(search, conversation, since, begun_by):
                later += some
        found, ended = Found(), [it for it in later if not it.is_running]
        for marks in search.marks:
            heard = await _listen(marks, ended)
            found += await self._erase(await self._echo(search, heard, {}))
        return found, len(ended) == len(later)

    async def searches(self, person_id: int, until: datetime) -> list[Search]:
        """Return where a person's words may have been repeated."""
        firsts: dict[int, int] = {}
        async with self._storage.reading() as tx:
            newest = await tx.erasures.newest_turn()
        for after in range(0, newest, LOOKED_THROUGH):
            async with self._storage.reading() as tx:
                some = await tx.echoes.firsts(person_id, until, after, LOOKED_THROUGH)
            firsts = {**some, **firsts}
        if not firsts:
            return []
        async with self._storage.reading() as tx:
            growths = await tx.echoes.growths()
        found = families(firsts, growths)
        reached = tuple(conversation for it in found for conversation in it.conversations)
        async with self._storage.reading() as tx:
            elsewhere = await tx.echoes.said_elsewhere(person_id, reached, READ_ELSEWHERE)
        return [Search(person_id, it, elsewhere) for it in found]

    async def _portions(self, search: Search, until: datetime) -> AsyncIterator[Marks]:
        """Yield the marks of what a person said, so much at a time."""
        texts: list[str] = []
        after, more = 0, True
        while more:
            async with self._storage.reading() as tx:
                some = await tx.echoes.own_words(
                    search.family, search.person_id, until, after, ERASED_AT_ONCE
                )
            texts += [text for it in some for text in it.texts if text]
            after, more = some[-1].id if some else 0, bool(some)
            if not more or sum(map(len, texts)) >= COMPARED_AT_ONCE:
                marks = await asyncio.to_thread(_marks, texts)
                texts = []
                if marks:
                    yield marks

    async def _heard(self, search: Search, marks: Marks) -> Echo:
        """Return what repeats these marks, which nobody else said and no answer before."""
        heard: dict[int, set[Mark]] = {}
        for conversation in search.family.conversations:
            async for some in self._answers(search, conversation):
                heard.update(await _listen(marks, some))
        async with self._storage.reading() as tx:
            titles = await tx.echoes.titles(search.family)
        return await self._echo(search, heard, await _listen(marks, titles))

    async def _echo(
        self, search: Search, answers: dict[int, set[Mark]], titles: dict[int, set[Mark]]
    ) -> Echo:
        heard = set[Mark]().union(*answers.values(), *titles.values())
        if heard:
            heard -= await self._common(search, Marks.of(heard))
        return Echo(
            tuple(it for it, said in answers.items() if said & heard),
            tuple(it for it, said in titles.items() if said & heard),
        )

    async def _common(self, search: Search, marks: Marks) -> set[Mark]:
        """Return which marks others said too, or answers before the person spoke, or elsewhere."""
        common: set[Mark] = set()
        common.update(*(await _listen(marks, search.elsewhere)).values())
        for conversation in search.family.conversations:
            pages = (
                self._others(search, conversation),
                self._answers(search, conversation, within=range(search.family.first_turn)),
            )
            for page in pages:
                async for some in page:
                    common.update(*(await _listen(marks, some)).values())
        return common

    async def _others(self, search: Search, conversation: int) -> AsyncGenerator[list[Spoken]]:
        after, some = 0, [Spoken(0, ())]
        while some:
            async with self._storage.reading() as tx:
                some = await tx.echoes.others_words(
                    conversation, search.person_id, after, READ_AT_ONCE
                )
            after = some[-1].id if some else 0
            yield some

    async def _answers(
        self,
        search: Search,
        conversation: int,
        since: datetime | None = None,
        begun_by: datetime | None = None,
        within: range | None = None,
    ) -> AsyncGenerator[list[Spoken]]:
        within = within or range(search.family.first_turn, _ALL.stop)
        after, some = (0, 0), [Spoken(0, ())]
        while some:
            async with self._storage.reading() as tx:
                some = await tx.echoes.answers(
                    conversation, search.person_id, within, after, READ_AT_ONCE, since, begun_by
                )
            after = (some[-1].turn, some[-1].id) if some else after
            yield some

    async def _erase(self, echo: Echo) -> Found:
        found = Found()
        for first in range(0, max(len(echo.answers), len(echo.titles)), ERASED_AT_ONCE):
            some = slice(first, first + ERASED_AT_ONCE)
            work = partial(_erase, echo.answers[some], echo.titles[some])
            found += await self._storage.write(work)
        return found


async def _erase(answers: Sequence[int], titles: Sequence[int], tx: Transaction) -> Found:
    gone = await tx.echoes.erase(answers, titles)
    await tx.commit()
    return Found(echoes=gone, titles=len(titles))


async def _listen(marks: Marks, spoken: Sequence[Spoken]) -> dict[int, set[Mark]]:
    """Return which of these repeat which marks; in a thread, as it may take a while."""
    if not spoken:
        return {}
    return await asyncio.to_thread(_listen_now, marks, spoken)


def _listen_now(marks: Marks, spoken: Iterable[Spoken]) -> dict[int, set[Mark]]:
    found = ((it.id, marks.heard_in(*it.texts)) for it in spoken)
    return {known: heard for known, heard in found if heard}


def _marks(texts: Iterable[str]) -> Marks:
    return Marks.of(set[Mark]().union(*map(marks_of, texts)))
