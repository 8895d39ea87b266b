"""The bot as a process: killed in mid-answer, told to stop, started wrongly."""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.process import environment, running, stored


async def test_killed_in_mid_answer(house: House) -> None:
    """After `kill -9` the half message says so with its cost, and the past has the question."""
    ada, general = house.person("ada"), house.channel("general")
    async with running(house) as bot:
        house.router.reply_next(Reply(text="word " * 400, hold_after=600))
        await ada.say(general, f"{house.me} write something long")
        await house.router.held()
        half = await house.answer(ada, general, says("word word"))
        await stored(house, half.id)
        await bot.kill()
    house.router.release()
    async with running(house):
        seen = await house.answer(ada, general, says("nterrupted", "$"))
        assert seen.id == half.id
        # Which of them depends on whether a word was stored by then.
        assert seen.buttons[0].label in {"Retry", "Regenerate"}
        usage = await (await ada.slash(general, "usage")).answered()
        assert "1 of 50 requests used" in usage.text
        assert "held" not in usage.text
        house.router.reply_next(Reply(text="All of it."))
        await ada.say(general, f"{house.me} what did I ask?")
        await house.answer(ada, general, both(ended, says("All of it.")))
        assert "write something long" in house.prompts()[-1][1]["content"]


async def test_a_private_answer_is_mended_too(house: House) -> None:
    """A killed private answer is found again by its interaction's token."""
    ada, general = house.person("ada"), house.channel("general")
    async with running(house) as bot:
        house.router.reply_next(Reply(text="word " * 400, hold_after=600))
        await ada.slash(general, "ask", {"prompt": "quietly", "private": True})
        await house.router.held()
        half = await house.answer(ada, general, says("word word"))
        await stored(house, half.id)
        await bot.kill()
    house.router.release()
    async with running(house):
        seen = await house.answer(ada, general, says("nterrupted", "$"))
        assert seen.ephemeral


async def test_told_to_stop_it_ends_what_it_began(house: House) -> None:
    """On SIGTERM an answer under way is finished first, and the exit code is 0."""
    ada, general = house.person("ada"), house.channel("general")
    async with running(house) as bot:
        house.router.reply_next(Reply(text="word " * 400, hold_after=600))
        await ada.say(general, f"{house.me} write")
        await house.router.held()
        await house.answer(ada, general, says("word word"))
        house.router.release()
        assert await bot.stop() == 0
    seen = await house.answer(ada, general, ended)
    assert seen.text.count("word") == 400


async def test_told_to_stop_it_leaves_though_discord_fails(house: House) -> None:
    """On SIGTERM in mid-answer the process leaves, even where Discord fails every edit."""
    ada, general = house.person("ada"), house.channel("general")
    async with running(house) as bot:
        house.router.reply_next(Reply(text="word " * 400, hold_after=600))
        await ada.say(general, f"{house.me} write")
        await house.router.held()
        await house.answer(ada, general, says("word word"))
        house.discord.faults.fail("PATCH", status=503, times=1_000)
        assert await bot.stop() == 0
    house.discord.faults.clear()
    house.router.release()
    async with running(house):
        await house.answer(ada, general, says("nterrupted", "$"))


async def test_the_log_is_json_without_secrets_or_words(house: House) -> None:
    """Every line of the log is an object, and none holds a secret or what anybody said."""
    ada, general = house.person("ada"), house.channel("general")
    async with running(house) as bot:
        house.router.reply_next(Reply(text="xylophone"))
        await ada.slash(general, "ask", {"prompt": "zanzibar"})
        await house.answer(ada, general, ended)
        assert await bot.stop() == 0
    text = (house.folder / "bot.log").read_text()
    assert [json.loads(line) for line in text.splitlines()]
    for word in (house.discord.bot_token, house.router.api_key, "zanzibar", "xylophone"):
        assert word not in text


def run(tmp_path: Path, arguments: list[str], **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in an empty folder."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


async def test_a_missing_setting_ends_with_one_line(house: House, tmp_path: Path) -> None:
    """Without a token the command ends with one line that names it, exit code 2, no traceback."""
    environ = environment(house)
    del environ["DISCORD_TOKEN"]
    done = run(tmp_path, ["run"], **environ)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert "DISCORD_TOKEN" in done.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("DEFAULT_QUOTA", "many"), ("DATABASE_URL", "oracle://x")]
)
async def test_a_malformed_setting_ends_with_one_line(
    house: House, tmp_path: Path, name: str, value: str
) -> None:
    """A malformed setting ends with one line that names it."""
    done = run(tmp_path, ["run"], **environment(house, **{name: value}))
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith(f"threadlight: {name}")


async def test_a_refused_token_is_explained(house: House, tmp_path: Path) -> None:
    """A token that Discord refuses ends with one line that names the variable, exit code 2."""
    done = await started(tmp_path, environment(house, DISCORD_TOKEN="not.the.token"))
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith("threadlight: DISCORD_TOKEN is refused")
    assert "Traceback" not in done.stderr


async def test_an_unreachable_discord_is_explained(house: House, tmp_path: Path) -> None:
    """Without a Discord to connect to, the command ends with one line, exit code 1."""
    nowhere = environment(house, DISCORD_API_URL="http://127.0.0.1:9/api/v10")
    done = await started(tmp_path, nowhere)
    assert done.returncode == 1
    assert "can't be reached" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


async def started(tmp_path: Path, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the bot until it ends by itself, without holding up the servers in this process."""
    return await asyncio.to_thread(run, tmp_path, ["run"], **environ)


async def test_migrate_makes_a_database(house: House, tmp_path: Path) -> None:
    """`migrate` brings a new database to the present schema, twice without harm."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'new' / 'threadlight.db'}"
    for _ in range(2):
        done = run(tmp_path, ["migrate"], **environment(house, DATABASE_URL=url))
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "new" / "threadlight.db").exists()
