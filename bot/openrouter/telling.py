"""What a provider's message tells the log: words of ours alone, none that people said; pure."""

import re
from collections.abc import Iterator

from bot.streaming import Prompt

_WORD = re.compile(r"[^\W_]+")
_PROVIDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./-]{0,39}")

TECHNICAL = frozenset(
    _WORD.findall("""
    accepted access account allowed api argument auth authentication authorization available
    bad balance billing blocked body budget busy cancelled cannot capacity client closed
    completion concurrent connect connection contact content context could credit credits data
    deadline declined deprecated disabled disallowed does down empty endpoint endpoints error
    exceed exceeded exceeds expired failed failure field filter filtered finish flagged
    forbidden format found free gateway generated generation guardrail header host http
    insufficient internal invalid invalidrequesterror json key keys large later length limit
    limited limits long maintenance malformed max maximum message messages method minimum
    missing model models moderation must near network none not number only output overloaded
    parameter parameters parse payload payment permission plan policy prompt provider providers
    proxy quota range rate reached read reasoning received refused region reject rejected
    request requested requests required requires reset response restricted retry role route
    sampling schema see server service session size slow spend status stopped stream streaming
    support supported system temperature temporarily temporary terminated throttled timed
    timeout token tokens too tool tools total type unable unauthorized unavailable unexpected
    unknown unprocessable unsupported upgrade upstream usage user valid validation value
    violation without wrong
    """)
)
"""Words that providers' errors are made of, and that tell nothing of what somebody asked."""

ELSE = "…"
"""Stands for all other words."""


def told(message: str, said: "Said") -> str:
    """Return the technical words of a message, where none of the prompt's has them in it."""
    kept: list[str] = []
    for word in _words(message):
        known = word if word in TECHNICAL and not said.has(word) else ELSE
        if known != ELSE or kept[-1:] != [ELSE]:
            kept.append(known)
    return " ".join(kept)


def provider_of(name: object, said: "Said") -> str:
    """Return a provider's name; nothing where it is none, or has a word of the prompt in it."""
    if not isinstance(name, str) or not _PROVIDER.fullmatch(name):
        return ""
    return "" if any(map(said.has, _words(name))) else name


class Said:
    """What people and the model said, to look for words in: also as a part of longer ones."""

    def __init__(self, prompt: Prompt) -> None:
        self._texts = [message.content.casefold() for message in prompt.messages]
        self._known: dict[str, bool] = {}

    def has(self, word: str) -> bool:
        """Tell whether anybody said this."""
        if word not in self._known:
            self._known[word] = any(word in text for text in self._texts)
        return self._known[word]


def _words(text: str) -> Iterator[str]:
    return (found[0].casefold() for found in _WORD.finditer(text))
