"""Ask about this: a question about any message, asked from its menu."""

from typing import Any

from sandbox.discord import posting
from sandbox.discord.seen import Seen, seen
from sandbox.openrouter.replies import Reply
from tests.journeys.house import House, both, ended, says
from tests.journeys.menus import FIELD, ask, asked, opened


def link(house: House, message: Seen) -> str:
    """Return the address of a message."""
    guild = house.discord.world.channel(message.channel_id).guild_id
    return f"https://discord.com/channels/{guild or '@me'}/{message.channel_id}/{message.id}"


def post_as_robot(house: House, payload: dict[str, Any]) -> Seen:
    """Let another bot post something in #general."""
    world = house.discord.world
    robot = world.add_user("robot", global_name="Robot", bot=True)
    world.add_member(next(iter(world.guilds.values())), robot)
    draft = posting.Draft(payload)
    channel = world.channel(house.channel("general"))
    return seen(world, posting.post(world, channel, robot.id, draft))


async def test_about_a_persons_message(house: House) -> None:
    """The form opens at once; all see who asked what about which message, and the answer."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    claim = await ben.say(general, "The moon is made of cheese.")
    form = await opened(ada, claim)
    assert form.title == "Ask about this message"
    [(label, field)] = form.fields
    assert (label, field["style"], field["max_length"]) == (FIELD, 2, 4000)
    assert field.get("required", True)
    house.router.reply_next(Reply(text="It is not."))
    used = await ada.submit(form, {FIELD: "Is that\n*true*?"})
    answer = await house.answer(ben, general, ended)
    head, said, closing = answer.text.split("\n")
    assert head == rf"-# Ada asks about [what Ben wrote]({link(house, claim)}): Is that \*true\*?"
    assert said == "It is not."
    assert "49 of 50 requests left" in closing
    assert used.message_ids == (answer.id,)
    expected = "Ada (@ada): (about what Ben wrote: “The moon is made of cheese.”)\nIs that\n*true*?"
    assert asked(house) == expected
    house.assert_polite()


async def test_later_turns_know_it(house: House) -> None:
    """A later turn still knows the quoted words, the question and the answer."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    claim = await ben.say(general, "The moon is made of cheese.")
    house.router.reply_next(Reply(text="It is not."), Reply(text="Rock."))
    await ask(ada, claim, "Is that true?")
    await house.answer(ada, general, ended)
    await ben.say(general, f"{house.me} what then?")
    await house.answer(ben, general, both(ended, says("Rock.")))
    contents = [message["content"] for message in house.prompts()[-1][1:]]
    assert contents == [
        "Ada (@ada): (about what Ben wrote: “The moon is made of cheese.”)\nIs that true?",
        "It is not.",
        "Ben (@ben): what then?",
    ]


async def test_about_another_bots_embed(house: House) -> None:
    """The texts of another bot's embed are read, all of them."""
    await house.start()
    embed = {
        "author": {"name": "Builder"},
        "title": "Build failed",
        "description": "Two tests of 300.",
        "fields": [{"name": "Branch", "value": "main", "inline": True}],
        "footer": {"text": "run 77"},
    }
    report = post_as_robot(house, {"content": "Look:", "embeds": [embed]})
    ada = house.person("ada")
    await ask(ada, report, "What is wrong?")
    await house.answer(ada, report.channel_id, ended)
    said = "Look:\nBuilder\nBuild failed\nTwo tests of 300.\nBranch: main\nrun 77"
    assert asked(house) == f"Ada (@ada): (about what Robot wrote: “{said}”)\nWhat is wrong?"


async def test_about_a_laid_out_message(house: House) -> None:
    """The texts of a message that is made of components are read, nested ones too."""
    await house.start()
    layout = [
        {"type": 10, "content": f"Hello <@{house.person('ben').id}>"},
        {"type": 17, "components": [{"type": 10, "content": "In a box."}]},
    ]
    message = post_as_robot(house, {"components": layout, "flags": 1 << 15})
    ada = house.person("ada")
    await ask(ada, message, "What?")
    await house.answer(ada, message.channel_id, ended)
    assert "wrote: “Hello @Ben\nIn a box.”)\nWhat?" in asked(house)


async def test_about_the_bots_own_answer(house: House) -> None:
    """Of the bot's own answer the words are quoted as its own, without the small print."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    house.router.reply_next(Reply(text="Blue."), Reply(text="Rayleigh."))
    await ada.slash(general, "ask", {"prompt": "What colour is the sky?"})
    first = await house.answer(ben, general, ended)
    await ask(ben, first, "Why?")
    second = await house.answer(ada, general, both(ended, says("Rayleigh.")))
    assert second.text.startswith(f"-# Ben asks about [what I wrote]({link(house, first)}): Why?")
    assert asked(house) == "Ben (@ben): (about what you wrote: “Blue.”)\nWhy?"
    await ask(ada, second, "Who?")
    await house.answer(ada, general, both(ended, says("Ada asks about")))
    assert asked(house) == "Ada (@ada): (about what you wrote: “Rayleigh.”)\nWho?"


async def test_what_one_alone_sees_stays_private(house: House) -> None:
    """About a private answer one is answered in private, and the channel learns nothing."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    house.router.reply_next(Reply(text="A secret."), Reply(text="More of it."), Reply(text="Hi."))
    await ada.slash(general, "ask", {"prompt": "Tell me", "private": True})
    secret = await house.answer(ada, general, ended)
    await ask(ada, secret, "And?")
    answer = await house.answer(ada, general, both(ended, says("More of it.")))
    assert answer.ephemeral
    assert ben.sees(general) == []
    await ben.say(general, f"{house.me} hello")
    await house.answer(ben, general, ended)
    assert "secret" not in str(house.prompts()[-1])


async def test_in_a_direct_message(house: House) -> None:
    """In a direct message the menu is there too, and joins that conversation."""
    await house.start()
    ada = house.person("ada")
    dm = await ada.open_dm()
    house.router.reply_next(Reply(text="Noted."), Reply(text="That was it."))
    told = await ada.say(dm, "My number is 42.")
    await house.answer(ada, dm, both(ended, says("Noted.")))
    await ask(ada, told, "Which number was it?")
    answer = await house.answer(ada, dm, both(ended, says("That was it.")))
    assert link(house, told) in answer.text
    contents = [message["content"] for message in house.prompts()[-1][1:]]
    assert contents[:2] == ["Ada (@ada): My number is 42.", "Noted."]
    assert contents[2].endswith("“My number is 42.”)\nWhich number was it?")
    house.assert_polite()


async def test_in_a_thread(house: House) -> None:
    """In a thread the question belongs to the thread's conversation, not to the channel's."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    thread = await ben.start_thread(general, "Moon")
    claim = await ben.say(thread, "It is made of cheese.")
    house.router.reply_next(Reply(text="No."), Reply(text="Here."), Reply(text="There."))
    await ask(ada, claim, "Is it?")
    await house.answer(ben, thread, both(ended, says("No.")))
    await ada.say(general, f"{house.me} hello")
    await house.answer(ada, general, both(ended, says("Here.")))
    assert "cheese" not in str(house.prompts()[-1])
    await ada.say(thread, f"{house.me} hello")
    await house.answer(ada, thread, both(ended, says("There.")))
    assert "cheese" in str(house.prompts()[-1])


async def test_its_text_files_are_read(house: House) -> None:
    """A message's text file reaches the model, also where nothing else is in the message."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    files = [
        ("notes.txt", b"the password is swordfish", "text/plain"),
        ("photo.png", b"\x89PNG", "image/png"),
    ]
    sent = await ben.say(general, files=files)
    await ask(ada, sent, "What is the password?")
    answer = await house.answer(ada, general, ended)
    assert "photo.png: not read" in answer.text
    assert asked(house) == (
        "Ada (@ada): (about what Ben sent as a file)\nWhat is the password?\n\n"
        "File notes.txt:\nthe password is swordfish"
    )


async def test_two_forms_at_once(house: House) -> None:
    """Forms that are open at the same time stay apart, one person's and others'."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    claims = [await ben.say(general, f"Claim {n}.") for n in range(3)]
    people = (ada, ben, ada)
    forms = [await opened(who, claim) for who, claim in zip(people, claims, strict=True)]
    for n, (person, form) in reversed([*enumerate(zip(people, forms, strict=True))]):
        house.router.reply_next(Reply(text=f"Answer {n}."))
        await person.submit(form, {FIELD: f"Question {n}?"})
        await house.answer(person, general, both(ended, says(f"Answer {n}.")))
        assert asked(house).endswith(f"(about what Ben wrote: “Claim {n}.”)\nQuestion {n}?")


async def test_stop_and_a_long_answer(house: House) -> None:
    """Below a long question's beginning a long answer grows over messages, and can be stopped."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    claim = await ben.say(general, "The moon is made of cheese.")
    house.router.reply_next(Reply(text="[some] words. " * 700, hold_after=9_000))
    await ask(ada, claim, "*why* @everyone " * 250)
    await house.router.held()
    first = await house.answer(ben, general, says("…\n"))
    last = await house.answer(ben, general, says("writing"))
    assert first.text.startswith(r"-# Ada asks about [what Ben wrote](")
    assert first.id != last.id
    await (await ada.click(last, label="Stop")).acknowledged()
    await house.answer(ben, general, says("-# stopped"))
    for message in ben.sees(general):
        assert not message.pings.everyone
        assert not message.pings.user_ids
    house.assert_polite()
