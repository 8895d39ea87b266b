"""The scene of the demo: a question, a thread of three turns, a limit reached and raised."""

from datetime import UTC, datetime, timedelta

from bot.quota.windows import Window, window_bounds
from sandbox import demo_answers as lines
from sandbox.demo_stage import Stage

ALLOWED = 3
RAISED = 50


async def play(stage: Stage) -> None:
    """Play the scene from its first line to its last; raise `SceneFailed` where it goes wrong."""
    window = window_for(datetime.now(UTC))
    await a_question(stage)
    await a_thread(stage)
    await a_stop(stage)
    await a_limit(stage, window)


async def a_question(stage: Stage) -> None:
    """Let Ada ask in a channel."""
    stage.title("A question", "Ada asks in #general, and everybody there sees the answer grow.")
    ada = stage.person("ada")
    await stage.slash(ada, stage.general, "ask", prompt=lines.DUPLICATES)
    await stage.answer(ada, stage.general, "sort huge.txt | uniq -d")


async def a_thread(stage: Stage) -> None:
    """Let Ada and Ben talk with the bot in a thread, which remembers who said what."""
    stage.title("A thread", "In a thread every message is answered; the bot knows who said what.")
    ada, ben = stage.person("ada"), stage.person("ben")
    await stage.slash(ada, stage.general, "chat", prompt=lines.TRIP, title=lines.TRIP_TITLE)
    thread = await stage.thread(ada, lines.TRIP_TITLE)
    await stage.answer(ada, thread, "the boat to the lighthouse")
    await stage.say(ben, thread, lines.WISHES)
    await stage.answer(ben, thread, "cliff path")
    await stage.say(ada, thread, lines.RECALL)
    await stage.answer(ada, thread, "**Ada**: “Plan a Saturday", "**Ben**: “Boats make me seasick")


async def a_stop(stage: Stage) -> None:
    """Let Ben mention the bot, and stop an answer that gets too long for him."""
    stage.title("Enough", "A mention works too, and whoever asked can stop an answer.")
    ben = stage.person("ben")
    await stage.say(ben, stage.general, f"{stage.bot_mention} {lines.LIGHTHOUSES}")
    await stage.grown(ben, stage.general, characters=200)
    await stage.press(ben, stage.general, "Stop")
    await stage.answer(ben, stage.general, "stopped")


async def a_limit(stage: Stage, window: Window) -> None:
    """Let the owner set a limit, Ada reach it, and the owner raise it for her."""
    stage.title(
        "A limit", f"Olga owns this server: {ALLOWED} questions a {window} for each member."
    )
    ada, olga, general = stage.person("ada"), stage.person("olga"), stage.general
    limit = {"meter": "requests", "window": window.value}
    await stage.slash(olga, general, "quota set", **limit, amount=ALLOWED)
    await stage.note(olga, general, f"{ALLOWED} requests a {window} for each member")
    await stage.slash(ada, general, "ask", prompt=lines.CAT)
    await stage.note(ada, general, "0 requests")
    await stage.slash(olga, general, "quota show", member=ada.id)
    await stage.note(olga, general, f"{ALLOWED} of {ALLOWED} requests used")
    await stage.slash(olga, general, "quota set", **limit, amount=RAISED, member=ada.id)
    await stage.note(olga, general, f"{RAISED} requests a {window} for <@{ada.id}>")
    await stage.slash(ada, general, "ask", prompt=lines.CAT)
    await stage.answer(ada, general, f"{RAISED - ALLOWED - 1} of {RAISED} requests left")


def window_for(now: datetime) -> Window:
    """Return a window that does not end while the scene is played."""
    for window in (Window.DAY, Window.WEEK, Window.MONTH):
        _, end = window_bounds(window, now, UTC)
        if end - now > timedelta(minutes=5):
            return window
    return Window.DAY
