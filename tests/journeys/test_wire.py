"""What goes over the wire is what Discord's own document says."""

import pytest

from sandbox.openrouter.replies import Reply
from tests.conformity import Conformity
from tests.journeys.house import House, both, ended, says


async def test_every_request_and_answer_is_documented(
    house: House, conformity: Conformity | None
) -> None:
    """A walk through all features sends and gets only what the document allows.

    Every other journey is checked in the same way when it ends.
    """
    if conformity is None:
        pytest.skip("Discord's document ../shared/facts/discord-openapi.json is not here")
    await house.start()
    ada, olga, general = house.person("ada"), house.person("olga"), house.channel("general")
    text = "## Heading\n" + "Some words. " * 600 + "\n```python\nprint(1)\n```"
    house.router.reply_next(Reply(text=text), Reply(text="Mentioned."), Reply(text="In a thread."))
    await ada.slash(general, "ask", {"prompt": "long", "private": True})
    await house.answer(ada, general, ended)
    await ada.say(general, f"{house.me} hello")
    await house.answer(ada, general, both(ended, says("Mentioned.")))
    await ada.slash(general, "chat", {"prompt": "begin", "title": "A thread"})
    opened = await house.answer(ada, general, says("<#"))
    thread = int(opened.text.split("<#", 1)[1].split(">", 1)[0])
    await house.answer(ada, thread, both(ended, says("In a thread.")))
    for command in ("usage", "help"):
        await (await ada.slash(general, command)).answered()
    limit = {"meter": "requests", "window": "hour", "whole_server": True}
    await (await olga.slash(general, "quota set", limit | {"amount": 3})).answered()
    await (await olga.slash(general, "quota show", {"member": ada.id})).answered()
    await (await olga.slash(general, "quota list")).answered()
    await (await olga.slash(general, "quota remove", limit)).answered()
    kinds = {(it.method, it.path.split("?")[0].count("/")) for it in house.discord.exchanges}
    assert len(kinds) >= 8
    faults = [fault for it in house.discord.exchanges for fault in conformity.check(it)]
    assert faults == []
