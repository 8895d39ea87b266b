"""Finds answers to others that repeat what a person said, and erases them with that.

Conversations are read in which the person spoke, and branches of those, in small steps, and some
of the latest answers elsewhere; texts are compared in a thread. It has to come first: once the
words are gone, nobody knows them.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from bot.ports import Storage, Transaction
from bot.records.echoes import Family, Growth, Mark, Marks, Spoken, families, marks_by_piece
from bot.records.erasures import Found

READ_AT_ONCE = 2_000
"""Texts that are read, and compared, at a time; fewer where they are long."""

COMPARED_AT_ONCE = 400_000
"""Characters of a person's that are looked for at a time: each is looked for by its words."""

MOST_MARKS = 60_000
"""Marks after which the rest is looked for by itself: with more, each step takes too long."""

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
    """Whose words of which turns are looked for where, and the marks of them, in portions.

    What is said `elsewhere`, where the person's words never got, is nobody's own.
    """

    person_id: int
    family: Family
    turns: Sequence[int] = ()
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
            async for marks in self._portions(search):
                echo = await self._heard(search, marks)
                answers.update(echo.answers)
                titles.update(echo.titles)
        return Echo(tuple(answers), tuple(titles))

    async def erase(self, search: Search) -> Found:
        """Erase what repeats a person's words in some conversations; it keeps in mind which."""
        found = Found()
        async for marks in self._portions(search):
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
            own = await self._unsaid(search, await asyncio.to_thread(_all_of, heard))
            found += await self._erase(await self._echo(search, await _listen(own, ended), {}))
        return found, len(ended) == len(later)

    async def searches(self, person_id: int, until: datetime) -> list[Search]:
        """Return where a person's words may have been repeated."""
        async with self._storage.reading() as tx:
            said = await tx.echoes.turns(person_id, until)
        if not said:
            return []
        async with self._storage.reading() as tx:
            growths = await tx.echoes.growths()
        found = await asyncio.to_thread(_families, said, growths)
        reached = tuple(conversation for it, _ in found for conversation in it.conversations)
        async with self._storage.reading() as tx:
            elsewhere = await tx.echoes.said_elsewhere(person_id, reached, READ_ELSEWHERE)
        return [Search(person_id, family, turns, elsewhere) for family, turns in found]

    async def _portions(self, search: Search) -> AsyncIterator[Marks]:
        """Yield the marks of what a person said, so much at a time."""
        texts: list[str] = []
        for first in range(0, len(search.turns), ERASED_AT_ONCE):
            some = search.turns[first : first + ERASED_AT_ONCE]
            async with self._storage.reading() as tx:
                spoken = await tx.echoes.own_words(search.person_id, some)
            texts += [text for it in spoken for text in it.texts if text]
            is_last = first + ERASED_AT_ONCE >= len(search.turns)
            if is_last or sum(map(len, texts)) >= COMPARED_AT_ONCE:
                portions = await asyncio.to_thread(_marks, texts)
                texts = []
                for marks in portions:
                    yield marks

    async def _heard(self, search: Search, marks: Marks) -> Echo:
        """Return what repeats these marks, which nobody else said and no answer before.

        What others said comes first: there is less of that, and less to look for afterwards.
        """
        if not (own := await self._unsaid(search, marks)):
            return Echo()
        answers: dict[int, set[Mark]] = {}
        for conversation in search.family.conversations:
            async for some in self._answers(search, conversation):
                answers.update(await _listen(own, some))
        async with self._storage.reading() as tx:
            titles = await tx.echoes.titles(search.family)
        return await self._echo(search, answers, await _listen(own, titles))

    async def _echo(
        self, search: Search, answers: dict[int, set[Mark]], titles: dict[int, set[Mark]]
    ) -> Echo:
        """Return what repeats marks that no answer had in it before the person spoke."""
        heard = await asyncio.to_thread(_all_of, answers, titles)
        before = range(search.family.first_turn)
        pages = [self._answers(search, it, within=before) for it in search.family.conversations]
        own = await _left(heard, pages) if heard else heard
        return await asyncio.to_thread(_repeating, own, answers, titles)

    async def _unsaid(self, search: Search, marks: Marks) -> Marks:
        """Return those marks that nobody else said, nor an answer elsewhere."""
        known = set[Mark]().union(*(await _listen(marks, search.elsewhere)).values())
        own = await asyncio.to_thread(marks.without, known)
        pages = [self._others(search, it) for it in search.family.conversations]
        return await _left(own, pages)

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


async def _left(marks: Marks, pages: Iterable[AsyncGenerator[list[Spoken]]]) -> Marks:
    """Return the marks that none of these texts has in it."""
    known = set[Mark]()
    for page in pages:
        async with aclosing(page):
            if not marks:
                continue
            async for some in page:
                known.update(*(await _listen(marks, some)).values())
    return await asyncio.to_thread(marks.without, known)


def _all_of(*heard: Mapping[int, set[Mark]]) -> Marks:
    return Marks.of(mark for it in heard for said in it.values() for mark in said)


def _repeating(
    own: Marks, answers: Mapping[int, set[Mark]], titles: Mapping[int, set[Mark]]
) -> Echo:
    known = own.together
    return Echo(
        tuple(it for it, said in answers.items() if said & known),
        tuple(it for it, said in titles.items() if said & known),
    )


def _marks(texts: Iterable[str]) -> list[Marks]:
    portions, found = list[Marks](), set[Mark]()
    for text in texts:
        for some in marks_by_piece(text):
            found |= some
            if len(found) > MOST_MARKS:
                portions.append(Marks.of(found))
                found = set()
    return [*portions, Marks.of(found)] if found else portions


def _families(
    said: Sequence[tuple[int, int]], growths: Sequence[Growth]
) -> list[tuple[Family, Sequence[int]]]:
    """Return where a person's words may have got to, and in which turns of those they are."""
    by_place: dict[int, list[int]] = defaultdict(list)
    for turn, conversation in said:
        by_place[conversation].append(turn)
    found = families({place: min(turns) for place, turns in by_place.items()}, growths)
    return [
        (it, sorted(turn for place in it.conversations for turn in by_place.get(place, ())))
        for it in found
    ]
