"""A question with its answers, as values: which can be read, which is shown, which is chosen."""

from dataclasses import dataclass
from datetime import timedelta

from msgspec.structs import replace

from bot.messages import AnswerState, Question, ScreenAddress, Usage
from bot.snapshots import EVERYTHING, Closing, Looks, Shown, Snapshot

CUT_SHORT = (AnswerState.LENGTH, AnswerState.STOPPED, AnswerState.INTERRUPTED)
"""How answers ended that can go on."""


@dataclass(frozen=True, slots=True)
class Variant:
    """An ended answer that can be read; `continues_id` is the one that it begins with.

    One that `is_outdated` answers what its question was before somebody edited it.
    """

    id: int
    text: str
    state: AnswerState
    tokens: int = 0
    has_thinking: bool = False
    took: timedelta = timedelta(0)
    usage: Usage | None = None
    continues_id: int | None = None
    is_outdated: bool = False

    @property
    def is_cut_short(self) -> bool:
        """Tell whether it can go on."""
        return self.state in CUT_SHORT


@dataclass(frozen=True, slots=True)
class Answered:
    """A question and its answers, oldest first.

    `readable` are all that have ended with some text, those included that others go on with;
    `latest_id` is the newest answer whatever became of it; `places` are where some of them stand.
    The question carries no roles: who asks again brings their own. The one that `is_newest` has
    none after it, but for private ones. One that is forgotten has lost its words at its author's
    wish.
    """

    turn_id: int
    conversation_id: int
    question: Question
    is_deleted: bool
    latest_id: int
    is_running: bool
    readable: tuple[Variant, ...] = ()
    chosen_id: int | None = None
    places: tuple[tuple[int, ScreenAddress], ...] = ()
    is_newest: bool = False
    is_forgotten: bool = False

    @property
    def variants(self) -> tuple[Variant, ...]:
        """Return the answers that none goes on with: those that the arrows lead to.

        One that went on keeps its place.
        """
        begun: dict[int, int] = {}
        for it in self.readable:
            earlier = it.continues_id or 0
            begun[it.id] = begun.get(earlier, it.id)
        continued = {it.continues_id for it in self.readable}
        ends = [it for it in self.readable if it.id not in continued]
        return tuple(sorted(ends, key=lambda it: begun[it.id]))

    @property
    def chosen(self) -> Variant | None:
        """Return the one that is in the past: the newest, where none was chosen."""
        by_id = {it.id: it for it in self.readable}
        return by_id.get(self.chosen_id or 0) or next(iter(reversed(self.readable)), None)

    def is_edited_since(self, variant: Variant | None) -> bool:
        """Tell whether an answer is worth another one: its question, the newest, was edited."""
        return self.is_newest and variant is not None and variant.is_outdated

    @property
    def address(self) -> ScreenAddress | None:
        """Return where the newest stands of those that stand anywhere."""
        return self.places[-1][1] if self.places else None

    def address_of(self, answer_id: int) -> ScreenAddress | None:
        """Return where an answer stands, if it does: another may have taken its place."""
        return dict(self.places).get(answer_id)

    def place_of(self, answer_id: int) -> int | None:
        """Return the place of an answer, or of the one that stands for it; None where none does."""
        followed: int | None = answer_id
        places = {it.id: place for place, it in enumerate(self.variants)}
        later = {it.continues_id: it.id for it in self.readable if it.continues_id is not None}
        while followed is not None:
            if followed in places:
                return places[followed]
            followed = later.get(followed)
        return None

    def variant(self, answer_id: int) -> Variant | None:
        """Return an answer, or the one that stands for it."""
        place = self.place_of(answer_id)
        return None if place is None else self.variants[place]

    def snapshot(
        self, variant: Variant, closing: Closing | None = None, looks: Looks = EVERYTHING
    ) -> Snapshot:
        """Return a variant as it is shown; where no closing is given, with how it ended itself."""
        place = self.place_of(variant.id) or 0
        shown = Shown(
            place=place + 1,
            of=max(1, len(self.variants)),
            has_thinking=variant.has_thinking,
            can_branch=self.question.place.guild_id is not None,
            state=variant.state,
            is_earlier=closing is not None,
        )
        own = Closing(
            variant.state,
            variant.took,
            variant.usage,
            bill_is_open=variant.usage is None,  # what ended is billed, sooner or later
            edited_since=self.is_edited_since(variant),
            is_forgotten=self.is_deleted or self.is_forgotten,
        )
        closing = closing or own
        return Snapshot(variant.id, variant.text, closing=closing, shown=shown, looks=looks)

    def stand_in(self, variant: Variant) -> Snapshot:
        """Return a variant as it stands there where no new answer comes, whose end is to come."""
        left = self.snapshot(variant)
        return replace(left, closing=None, shown=replace(left.shown, is_earlier=True))

    def next_shown(self, *, continues: int | None = None) -> Shown:
        """Return how the next answer will stand among the others, if it gets any text."""
        known = self.variant(continues) if continues is not None else None
        return Shown(
            place=((self.place_of(known.id) or 0) if known else len(self.variants)) + 1,
            of=len(self.variants) + (0 if known else 1),
            has_thinking=known is not None and known.has_thinking,
            can_branch=self.question.place.guild_id is not None,
        )
