"""The demo: its scene as a newcomer sees it, and what a visitor types."""

import asyncio
import os
import pty
import re
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from rich.text import Text

from bot.quota.windows import Window
from sandbox.demo_slash import SlashMistake, Typed, completed, hint, parse
from sandbox.discord.model import Command
from sandbox.discord.sample import sample_world
from sandbox.scene import window_for
from sandbox.terminal import Transcript
from sandbox.terminal_keys import Leave, LineEditor
from sandbox.terminal_markdown import markdown
from sandbox.terminal_text import Names, clean, relative

DEMO = [sys.executable, "-m", "bot", "demo"]
LONGEST = 60.0
"""Seconds that the scene may take."""
SEEN = (
    "Ada  /ask prompt:How do I find the duplicate lines in a huge file?",
    "characters so far",
    "sort huge.txt | uniq -d",
    "49 of 50 requests left today",
    "#general > 🧵 A Saturday at the coast",
    "the boat to the lighthouse",
    "• Ada: “Plan a Saturday at the coast",
    "• Ben: “Boats make me seasick",
    "Ben  presses [Stop]",
    "stopped · ",
    "only Ada sees this",
    "This server's limit of 3 requests a ",
    "0 requests",
    "Olga  /quota set meter:requests window:",
    " amount:50 member:@Ada",
    "46 of 50 requests left",
    "That was the scene",
)


def surroundings(folder: Path, **more: str) -> dict[str, str]:
    """Return an environment with settings of the visitor's own, which must change nothing."""
    (folder / ".env").write_text("DISCORD_TOKEN=mine\nOPENROUTER_BASE_URL=nonsense\n")
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    root = str(Path(__file__).resolve().parents[2])
    mine = {"PYTHONPATH": root, "DISCORD_TOKEN": "mine", "SHARD_COUNT": "zero"}
    return kept | mine | {"FORCE_COLOR": "1", "COLUMNS": "80", "PYTHONUTF8": "1"} | more


def run(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run the demo without a terminal until it ends."""
    return subprocess.run(
        [*DEMO, *words],
        cwd=folder,
        env=surroundings(folder),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=LONGEST,
        check=False,
    )


def test_scene_without_a_terminal(tmp_path: Path) -> None:
    """The scene ends well within a minute, in plain lines, whatever the visitor's settings are."""
    ended = run(tmp_path, "--scene")
    assert (ended.returncode, ended.stderr) == (0, "")
    at = 0
    for words in SEEN:
        found = ended.stdout.find(words, at)
        assert found >= 0, f"{words!r} is missing after:\n{ended.stdout[:at]}"
        at = found
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", ended.stdout)
    assert "mine" not in ended.stdout
    assert max(map(len, ended.stdout.splitlines())) <= 80
    assert not re.search(r" $", ended.stdout, re.MULTILINE)
    assert [each.name for each in tmp_path.iterdir()] == [".env"]


class Terminal:
    """A terminal with the demo on it."""

    def __init__(self, process: "subprocess.Popen[bytes]", descriptor: int) -> None:
        self.process = process
        self.screen = ""
        self._descriptor = descriptor

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._descriptor, keys.encode())

    def wait_for(self, words: str) -> None:
        """Read until these words were on the screen; control codes are left out."""
        deadline = time.monotonic() + LONGEST
        while words not in self.screen:
            assert time.monotonic() < deadline, f"{words!r} is missing in:\n{self.screen}"
            try:
                read = os.read(self._descriptor, 65_536)
            except OSError:
                raise AssertionError(f"{words!r} is missing in:\n{self.screen}") from None
            text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", read.decode(errors="replace"))
            self.screen += text
        self.screen = self.screen[self.screen.index(words) + len(words) :]


@contextmanager
def terminal(folder: Path, *words: str) -> Generator[Terminal]:
    """Start the demo on a terminal of its own."""
    outer, inner = pty.openpty()
    environment = surroundings(folder, TERM="xterm", LINES="40")
    process = subprocess.Popen(
        [*DEMO, *words], cwd=folder, env=environment, stdin=inner, stdout=inner, stderr=inner
    )
    os.close(inner)
    try:
        yield Terminal(process, outer)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        os.close(outer)


def test_a_visitor_skips_the_scene_and_plays(tmp_path: Path) -> None:
    """Enter skips the scene; messages, commands and mistakes are answered; Ctrl-D leaves."""
    with terminal(tmp_path, "--terminal") as shown:
        shown.wait_for("Enter skips the scene")
        shown.type("\r")
        shown.wait_for("Your turn.")
        shown.wait_for("• @threadlight who said what? is answered here")
        shown.wait_for("Ada in #general")
        shown.type("who said what?\r")
        shown.wait_for("Ada  who said what?")
        shown.wait_for("ℹ Here the bot answers only if you mention it")  # noqa: RUF001 - a mark
        shown.type("@threadlight who said what?\r")
        shown.wait_for(" requests left today")
        shown.type("in dm\r")
        shown.wait_for("Ada in DM with Threadlight")
        shown.type("Hello!\r")
        shown.wait_for(" requests left today")
        shown.type("/quota list\r")
        shown.wait_for("✗ There is no /quota here. There are /ask, ")
        shown.type("as owner\rin #general\r/quota set requests day 10 member:@ada\r")
        shown.wait_for("10 requests a day for @Ada.")
        shown.type("/quota set requests day -4\r")
        shown.wait_for("✗ amount must be 0 or more, not -4.")
        shown.type("\x04")
        shown.wait_for("To run it in your own server")
        assert shown.process.wait(LONGEST) == 0
        assert "Traceback" not in shown.screen


def test_the_page_is_announced_in_a_terminal(tmp_path: Path) -> None:
    """The demo tells the page's address and how to leave, and Ctrl-C leaves."""
    with terminal(tmp_path) as shown:
        shown.wait_for("The page: http://127.0.0.1:")
        shown.wait_for("Ctrl-C here ends the demo.")
        shown.type("\x03")
        shown.wait_for("To run it in your own server")
        assert shown.process.wait(LONGEST) == 0
        assert "Traceback" not in shown.screen


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    """A port that another program holds is told in a sentence, with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run(tmp_path, "--port", str(port))
    assert (ended.returncode, ended.stderr) == (2, "")
    assert f"Port {port} can't be used" in ended.stdout
    assert "--port=0 takes any that is free" in ended.stdout


@pytest.mark.parametrize(
    ("now", "window"),
    [
        (datetime(2026, 8, 5, 12, 0, tzinfo=UTC), Window.DAY),
        (datetime(2026, 8, 5, 23, 59, tzinfo=UTC), Window.WEEK),
        (datetime(2026, 8, 9, 23, 59, tzinfo=UTC), Window.MONTH),
    ],
)
def test_the_scene_avoids_midnight(now: datetime, window: Window) -> None:
    """The scene's limit counts over a window that does not end meanwhile."""
    assert window_for(now) is window


def commands() -> list[Command]:
    """Return two commands as a bot registers them."""

    def option(name: str, kind: int, *, needed: bool = False, choices: str = "") -> dict[str, Any]:
        named = [{"name": each, "value": each} for each in choices.split()]
        return {"name": name, "type": kind, "required": needed, "choices": named}

    ask = [option("prompt", 3, needed=True), option("file", 11), option("private", 5)]
    limit = [
        option("meter", 3, needed=True, choices="requests tokens cost"),
        option("window", 3, needed=True, choices="hour day"),
        option("amount", 10, needed=True),
        option("member", 6),
        option("channel", 7),
    ]
    group = [{"name": "set", "type": 1, "options": limit, "description": "Set a limit"}]
    definitions = {"ask": ask, "quota": group}
    return [
        Command(number, 1, 1, name, None, {"options": options, "description": f"Use {name}"})
        for number, (name, options) in enumerate(definitions.items())
    ]


WORLD = sample_world()
LIGHTHOUSE = WORLD.guild_named("Lighthouse")
ADA, GENERAL = WORLD.user_named("ada").id, WORLD.channel_named("general", LIGHTHOUSE).id


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("/ask how are you?", Typed("ask", {"prompt": "how are you?"})),
        (
            "/ask prompt:how are you? private:yes",
            Typed("ask", {"prompt": "how are you?", "private": True}),
        ),
        (
            '/ask prompt:"say private:true" private:no',
            Typed("ask", {"prompt": "say private:true", "private": False}),
        ),
        (
            '/ask private:on prompt:"a \\"b\\" c"',
            Typed("ask", {"prompt": 'a "b" c', "private": True}),
        ),
        ("/ask what is a ratio of 3:4?", Typed("ask", {"prompt": "what is a ratio of 3:4?"})),
        (
            "/quota set requests Day 10 member:@ada",
            Typed("quota set", {"meter": "requests", "window": "day", "amount": 10, "member": ADA}),
        ),
        pytest.param(
            f"/quota set cost hour 2.5 channel:#general member:<@{ADA}>",
            Typed(
                "quota set",
                {"meter": "cost", "window": "hour", "amount": 2.5}
                | {"member": ADA, "channel": GENERAL},
            ),
            id="a member by a mention",
        ),
    ],
)
def test_slash_commands(line: str, typed: Typed) -> None:
    """Options are read by name, in their order, and as what they take."""
    assert parse(line, commands(), WORLD, LIGHTHOUSE) == typed


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/", "There are /ask and /quota."),
        ("/draw a cat", "There is no /draw here."),
        ("/quota", "After /quota comes one of set"),
        ("/quota set requests day", "amount is missing: /quota set meter window amount [member]"),
        ("/quota set requests year 1", "window is one of hour and day"),
        ("/quota set requests day many", "amount is a number"),
        ("/quota set requests day inf", "too large"),
        ("/quota set requests day 1 member:@zoe", "there are Ada, Ben, Cleo, Max, Olga"),
        ("/quota set requests day 1 ada #general more", "no option left for “more”"),
        ('/ask "open', "double quote is open"),
        ('/ask colour:"red"', "There is no option colour"),
        ("/ask private:true private:true", "private is there twice"),
        ("/ask hm private:maybe", "private is true or false"),
        ("/ask hm file:/nowhere/at/all.txt", "file can't be read"),
    ],
)
def test_mistakes_in_slash_commands(line: str, says: str) -> None:
    """A mistake is told in a sentence."""
    with pytest.raises(SlashMistake) as mistake:
        parse(line, commands(), WORLD, LIGHTHOUSE)
    assert says in str(mistake.value)


def test_help_with_typing() -> None:
    """A command that is being typed is explained, and Tab completes what is clear."""
    assert hint("/", commands()) == "/ask  /quota"
    assert hint("/quota ", commands()) == "/quota set"
    assert hint("/ask why", commands()) == "/ask prompt [file] [private]: Use ask"
    assert completed("/q", commands()) == "/quota "
    assert completed("/quota s", commands()) == "/quota set "
    assert completed("/ask hello pri", commands()) == "/ask hello private:"
    assert completed("/ask hello p", commands()) == "/ask hello p"


def test_nothing_reaches_the_terminal_raw() -> None:
    """Control codes and characters that turn the direction are left out, lines stay."""
    assert clean("a\x1b[31mb\x07\r\nc\td\u202ee\x9bm\u2028f\ud800") == "a[31mb\nc    de" + "m\nf"
    out = StringIO()
    console = Console(file=out, force_terminal=True, width=60, color_system=None)
    text = "[red]x[/red] \x1b]8;;http://evil\x07y\n```py\n\x1b[2Jz\n```\n**b\x1b[0m** <@1>"
    console.print(markdown(text, Names(WORLD)))
    shown = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    assert "\x1b" not in shown
    assert "[red]x[/red] ]8;;http://evily" in shown
    assert "@unknown-user" in shown


def test_marks_of_discord() -> None:
    """Mentions, times and small text are shown as words."""
    out = StringIO()
    names = Names(WORLD, clock=lambda: 1_000_000.0)
    text = f"-# <@{ADA}> in <#{GENERAL}>: </quota set:7> \\*now\\* <t:1010800:R>\n- ~~a~~ **b *c***"
    Console(file=out, width=80).print(markdown(text, names))
    first, second = out.getvalue().splitlines()
    assert first == "@Ada in #general: /quota set *now* in 3 hours"
    assert second == "• a b c"
    assert [relative(each) for each in (0, 60, -86_400 * 2)] == ["now", "in 1 minute", "2 days ago"]


def test_the_line_editor() -> None:
    """Keys edit the line, arrows recall earlier ones, and bytes may come in parts."""
    editor = LineEditor(complete=lambda line: f"{line}!")
    for data in (b"on", b"e\x1b", b"[D\x1b[D2\x7f\x05\r", "zwö".encode()[:3], "ö".encode()[1:]):
        editor.feed(data)
    assert (editor.lines, editor.text) == (["one"], "zwö")
    editor.feed(b"\t\x1b[A\x01X\r\x1b[200~a\nb\x1b[201~\x1b[31m\x00")
    assert editor.lines == ["one", "Xone"]
    assert editor.text == "a b"
    editor.feed(b"\x15")
    with pytest.raises(Leave):
        editor.feed(b"\x04")


async def test_an_answer_that_is_cut_off_says_so() -> None:
    """Of what is taller than the terminal the last lines are shown, below a mark."""
    out = StringIO()
    world = sample_world()
    console = Console(file=out, force_terminal=True, width=40, height=8, color_system=None)
    transcript = Transcript(world, console)
    transcript.bottom = lambda: Text("\n".join(f"line {number}" for number in range(30)))
    async with transcript:
        await asyncio.sleep(0)
    shown = [
        line.rstrip() for line in re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", out.getvalue()).split("\n")
    ]
    assert "  ⋮" in shown
    assert shown[shown.index("  ⋮") + 1 :][:5] == [f"line {number}" for number in range(25, 30)]
