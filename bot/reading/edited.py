"""Reads an edited message: it may be a question, what a thread began with, and quoted by others."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import discord

from bot.messages import Attached, Question
from bot.reading.questions import place_of, question_from_message
from bot.reading.quoting import files_of, quote, told


@dataclass(frozen=True, slots=True)
class Edited:
    """What a message says since it was edited: as a question, as a beginning, and as a quote."""

    question: Question
    began: Question
    quote: str
    at: datetime

    def with_files(self, files: Sequence[Attached]) -> "Edited":
        """Return it with its files, which have been read by now."""
        question = replace(self.question, files=tuple(files))
        return replace(self, question=question, began=replace(self.began, files=tuple(files)))


def edited(me: discord.ClientUser, message: discord.Message) -> Edited:
    """Return what a message says now, its files by their names alone: to read them takes long."""
    named = [Attached(it.filename, None) for it in files_of(message)]
    began = told(me, message, place_of(message))
    at = message.edited_at or message.created_at
    question = question_from_message(me, message)
    return Edited(question, began, quote(me, message), at).with_files(named)
