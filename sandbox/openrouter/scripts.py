"""Answers without a model: chosen by what the last user message asks for."""

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from sandbox.openrouter.catalogue import words
from sandbox.openrouter.replies import Reply

SPEAKER = re.compile(r"(?P<name>[^:\n]{1,90}): (?P<said>.*)", re.DOTALL)
AFTER_THINKING = "<!-- answer -->"
BETWEEN_FACTS = "<!-- next -->"
LONGEST_QUOTE = 160
MOST_QUOTES = 20
MOST_OF_TITLE = 5

TOPICS: tuple[tuple[str, str], ...] = (
    (r"who (said|asked|wrote|is here|was here)", "who"),
    (r"so far|remember|earlier|recap|summar|first question|did (i|we) (say|ask|talk)", "recall"),
    (r"\blong\b|guide|essay|everything about|in detail|10,?000", "long"),
    (r"puzzle|riddle|prove|think (hard|long|about)|step by step", "puzzle"),
    (r"table|compar|versus|\bvs\b", "table"),
    (r"\bcode\b|python|rust|javascript|\bsql\b|program|function|script", "code"),
    (r"markdown|format|heading|\blists?\b|recipe|bread", "markdown"),
    (r"^\W*(hello|hi|hey|good (morning|evening)|help)\b|what can you", "hello"),
)
"""What a question looks like, and which answer it gets; the first match wins."""


@dataclass(frozen=True, slots=True)
class Said:
    """One earlier message: who spoke, where that is known, and the words."""

    role: str
    name: str | None
    words: str


def answer(messages: Sequence[Mapping[str, Any]]) -> Reply:
    """Return the reply to a conversation."""
    said = [read(message) for message in messages if message.get("role") in ("user", "assistant")]
    if any("conversations their titles" in words(message) for message in messages[:1]):
        return title(words(messages[-1]))
    asked = next((one for one in reversed(said) if one.role == "user"), Said("user", None, ""))
    earlier = said[:-1]
    topic = next((t for looks, t in TOPICS if re.search(looks, asked.words, re.IGNORECASE)), None)
    if topic == "who":
        return who_said_what(earlier)
    if topic == "recall":
        return so_far(earlier)
    if topic is not None:
        return written(topic)
    return fact(asked.words, sum(one.role == "user" for one in said))


def title(asked: str) -> Reply:
    """Return a title: the question's longer words, in their order."""
    question = asked.rpartition("begins with:\n")[2]
    found = re.findall(r"[^\W\d_]{4,}", question) or question.split()
    return Reply(text=" ".join(found[:MOST_OF_TITLE]).capitalize() or "A question")


def read(message: Mapping[str, Any]) -> Said:
    """Return a message with its speaker's name, if it begins with one, taken off."""
    text, role = words(message), str(message.get("role"))
    match = SPEAKER.match(text) if role == "user" else None
    return Said(role, match["name"], match["said"]) if match else Said(role, None, text)


@cache
def written(topic: str) -> Reply:
    """Return an answer that stands ready in `answers/`, with its thinking."""
    thinking, _, text = page(topic).partition(AFTER_THINKING)
    return Reply(thinking=thinking.strip(), text=text.strip())


@cache
def page(name: str) -> str:
    """Return a page of `answers/`."""
    return files("sandbox.openrouter").joinpath("answers", f"{name}.md").read_text("utf-8")


def fact(asked: str, number: int) -> Reply:
    """Return a short fact, the same one for the same question, and which question that was."""
    facts = page("facts").split(BETWEEN_FACTS)
    chosen = facts[zlib.crc32(asked.encode("utf-8", "replace")) % len(facts)].strip()
    counted = "" if number < 2 else f"\n\n(That was question {number} in this conversation.)"
    thinking = (
        f"The question has {len(asked.split())} words. I have no model behind me, so I pick a fact "
        "that is short, true and not widely known, and I say it plainly."
    )
    return Reply(thinking=thinking, text=chosen + counted)


def so_far(earlier: Sequence[Said]) -> Reply:
    """Return what was said before, so that one sees what the model was sent."""
    questions = [one for one in earlier if one.role == "user"]
    thinking = (
        f"I was sent {len(earlier)} earlier messages, {len(questions)} of them from people. "
        "I go through them in their order and quote how each question begins."
    )
    if not questions:
        return Reply(thinking=thinking, text="This is the **first** thing anybody said here.")
    shown = questions[-MOST_QUOTES:]
    first = len(questions) - len(shown) + 1
    lines = [
        f"{number}. {name_of(one)} asked: “{quoted(one.words)}”"
        for number, one in enumerate(shown, first)
    ]
    answered = sum(one.role == "assistant" for one in earlier)
    head = (
        f"So far I have seen **{len(questions)}** {plural('question', len(questions))} "
        f"and **{answered}** {plural('answer', answered)}:"
    )
    return Reply(thinking=thinking, text="\n".join([head, "", *lines]))


def who_said_what(earlier: Sequence[Said]) -> Reply:
    """Return who spoke, how often, and what they said last."""
    people: dict[str, list[str]] = {}
    for one in earlier:
        if one.role == "user":
            people.setdefault(name_of(one), []).append(one.words)
    thinking = f"I can tell {len(people)} people apart by the names before their messages."
    if not people:
        return Reply(thinking=thinking, text="Nobody said anything before you.")
    lines = [
        f"- {name} said {len(all_words)} {plural('thing', len(all_words))}, "
        f"lastly “{quoted(all_words[-1])}”"
        for name, all_words in people.items()
    ]
    return Reply(thinking=thinking, text="\n".join(["Here is who said what:", "", *lines]))


def name_of(one: Said) -> str:
    """Return a speaker's name, or a word for somebody without one."""
    return f"**{one.name}**" if one.name else "somebody"


def quoted(said: str) -> str:
    """Return the beginning of some words, on one line."""
    line = " ".join(said.split())
    return line if len(line) <= LONGEST_QUOTE else line[: LONGEST_QUOTE - 1] + "…"


def plural(noun: str, number: int) -> str:
    """Return a noun for so many."""
    return noun if number == 1 else f"{noun}s"
