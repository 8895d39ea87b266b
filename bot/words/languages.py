"""The languages there are, and which of them is spoken."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

ENGLISH = "en"

LANGUAGES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        ENGLISH: ("en-US", "en-GB"),
        "de": ("de",),
        "es": ("es-ES", "es-419"),
        "fr": ("fr",),
        "ja": ("ja",),
        "zh": ("zh-CN",),
    }
)
"""Each language, and the locales in which Discord's clients speak it."""

_LETTERED = (ENGLISH, "de", "es", "fr")
"""Languages that the font of the pictures can write."""

_BY_LOCALE = {locale: language for language, locales in LANGUAGES.items() for locale in locales}

_SPOKEN = ContextVar("spoken", default=ENGLISH)
"""What an event's tasks speak; what is shown by other tasks carries its language with it."""


def language_of(locale: str | None) -> str:
    """Return the language of one of Discord's locales: English for those that we don't have."""
    return _BY_LOCALE.get(locale or "", ENGLISH)


def language_for(locale: str | None, guild_locale: str | None, *, private: bool) -> str:
    """Return the language of an answer: its reader's, or its server's where all read it."""
    return language_of(locale if private or guild_locale is None else guild_locale)


@contextmanager
def speaking(language: str) -> Generator[None]:
    """Speak a language while the block runs, and in the tasks that it begins."""
    before = _SPOKEN.set(language if language in LANGUAGES else ENGLISH)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


@contextmanager
def speaking_in_letters() -> Generator[None]:
    """Speak as before, or English where pictures have no letters for the language."""
    with speaking(spoken() if spoken() in _LETTERED else ENGLISH):
        yield


def spoken() -> str:
    """Return the language that is spoken now."""
    return _SPOKEN.get()
