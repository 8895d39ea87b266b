"""Who is spoken to in which language, and that no other task changes it."""

import asyncio
from datetime import timedelta

import pytest

from bot.discord.listening import speak_to_each
from bot.messages import AnswerState, Usage
from bot.render.markdown.parts import CodeFile
from bot.render.screen.compose import compose
from bot.render.screen.layouts import Layout
from bot.snapshots import Closing, Snapshot
from bot.words import language_for, language_of, say, speaking

LENGTH = Closing(AnswerState.LENGTH, timedelta(seconds=3), Usage(10, 20, 300))


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("en-GB", "en"),
        ("de", "de"),
        ("es-419", "es"),
        ("es-ES", "es"),
        ("ja", "ja"),
        ("zh-CN", "zh"),
        ("zh-TW", "en"),
        ("pt-BR", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_locales(locale: str | None, language: str) -> None:
    """Discord's locales have the language that they name, or English."""
    assert language_of(locale) == language


def test_private_and_public() -> None:
    """What one person reads follows that person, what all read the server, if there is one."""
    assert language_for("de", "ja", private=True) == "de"
    assert language_for("de", "ja", private=False) == "ja"
    assert language_for("de", None, private=False) == "de"


async def test_tasks_speak_as_they_began() -> None:
    """A task speaks the language in which it was begun, whatever is spoken beside it."""
    heard: dict[str, list[str]] = {}

    async def speak(language: str) -> None:
        for _ in range(20):
            heard.setdefault(language, []).append(say("button-continue"))
            await asyncio.sleep(0)

    tasks = []
    for language in ("de", "ja", "en"):
        with speaking(language):
            tasks.append(asyncio.create_task(speak(language)))
    await asyncio.gather(*tasks)
    assert {it: set(words) for it, words in heard.items()} == {
        "de": {"Weiter"},
        "ja": {"続ける"},
        "en": {"Continue"},
    }
    assert say("button-continue") == "Continue"


async def test_events_speak_to_those_they_came_from() -> None:
    """What an event begins speaks its person's locale, or a message's server's."""
    heard: list[str] = []

    async def work() -> None:
        await asyncio.sleep(0)
        heard.append(say("button-stop"))

    begun: list[asyncio.Task[None]] = []
    parsers = dict.fromkeys(
        ("INTERACTION_CREATE", "MESSAGE_CREATE"),
        lambda _: begun.append(asyncio.create_task(work())),
    )
    speak_to_each(parsers, {1: "ja"}.get)
    parsers["INTERACTION_CREATE"]({"locale": "fr", "guild_id": "1", "guild_locale": "ja"})
    parsers["MESSAGE_CREATE"]({"guild_id": "1"})
    parsers["MESSAGE_CREATE"]({"guild_id": "2"})
    parsers["MESSAGE_CREATE"]({})
    await asyncio.gather(*begun)
    assert heard == ["Arrêter", "停止", "Stop", "Stop"]


def test_a_layout_without_its_files_keeps_its_language() -> None:
    """A file that Discord refuses is said to be missing in the answer's language."""
    page = (CodeFile("code-1.py", "x = 1\n"),)
    layout = Layout(page, language="es").without_files()
    assert layout.footer == "⚠️ Todo sería un archivo que no puedo adjuntar aquí."


def test_an_answer_is_composed_in_what_is_spoken() -> None:
    """All small lines and buttons of an answer are in one language."""
    snapshot = Snapshot(7, "Text.", closing=LENGTH)
    with speaking("fr"):
        (layout,) = compose(snapshot, [()], timedelta(seconds=3))
    assert "coupée à sa limite de longueur · 3,0 s · 30 jetons" in layout.footer
