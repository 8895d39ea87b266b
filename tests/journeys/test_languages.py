"""Languages: commands have names in each, and everybody is answered in their own."""

import asyncio
import re
from collections.abc import Iterator
from typing import Any

from bot.words import ENGLISH, LANGUAGES, say, speaking
from bot.words.registering import choice_ids, command_id, menu_id, option_ids
from sandbox.openrouter.replies import Reply
from tests.bot.words.messages import messages
from tests.journeys.house import House, both, ended, says
from tests.journeys.managers import use
from tests.journeys.test_prices import DAY, DEAR

Json = dict[str, Any]

LOCALES = sorted(locale for it, locales in LANGUAGES.items() if it != ENGLISH for locale in locales)


def registered(house: House) -> list[Json]:
    """Return the commands as they went over the wire."""
    puts = [it for it in house.discord.exchanges if it.method == "PUT" and "/commands" in it.path]
    (last,) = puts[-1:]
    sent = last.request
    assert isinstance(sent, list)
    return sent


def nodes(command: Json, path: tuple[str, ...] = ()) -> Iterator[tuple[Json, tuple[str, ...]]]:
    """Yield a command, its subcommands and options, each with the names above it."""
    yield command, path
    for option in command.get("options", ()):
        yield from nodes(option, (*path, command["name"]))


def everything(house: House) -> list[tuple[Json, tuple[str, ...]]]:
    """Return all commands, subcommands and options that are chat input's."""
    slash = [it for it in registered(house) if it.get("type", 1) == 1]
    return [node for command in slash for node in nodes(command)]


async def test_commands_are_named_and_described_in_every_language(house: House) -> None:
    """Nothing that Discord shows of a command lacks a translation, and all is as Discord wants."""
    await house.start()
    for node, path in everything(house):
        if node["name"] in UNTOLD or UNTOLD & set(path):
            continue
        where = (*path, node["name"])
        assert 1 <= len(node["description"]) <= 100, where
        assert node["description"] != "…", where
        named = node.get("name_localizations", {})
        described = node.get("description_localizations", {})
        assert (sorted(named), sorted(described)) == (LOCALES, LOCALES), where
        for locale in LOCALES:
            assert re.fullmatch(r"[-_'\w]{1,32}", named[locale]), (where, locale)
            assert named[locale] == named[locale].lower(), (where, locale)
            assert 1 <= len(described[locale]) <= 100, (where, locale)
        for choice in node.get("choices", ()):
            assert sorted(choice["name_localizations"]) == LOCALES, where
            for names in (choice["name"], *choice["name_localizations"].values()):
                assert 1 <= len(names) <= 100, where
    menus = [it for it in registered(house) if it.get("type", 1) != 1]
    assert [sorted(it["name_localizations"]) for it in menus] == [LOCALES] * len(menus)


UNTOLD: set[str] = set()
"""Commands whose words are not in the catalogue yet."""


async def test_no_two_names_are_the_same(house: House) -> None:
    """In no language are two commands, or two options of one, called the same."""
    await house.start()
    siblings = [[it for it in registered(house) if it.get("type", 1) == 1]]
    siblings += [node.get("options", []) for node, _ in everything(house)]
    for these in siblings:
        for locale in LOCALES:
            names = [it["name_localizations"][locale] for it in these if it["name"] not in UNTOLD]
            assert len(names) == len(set(names)), (locale, names)


async def test_the_catalogue_has_no_words_for_commands_that_are_gone(house: House) -> None:
    """Each message about a command, an option or a choice is about one that is registered."""
    await house.start()
    known: set[str] = set()
    for node, path in everything(house):
        if node["type"] in (1, 2) or not path:
            known.add(command_id((*path, node["name"])))
            continue
        known.update(option_ids(path, node["name"]))
        for choice in node.get("choices", ()):
            known.update(choice_ids(path, node["name"], choice["value"]))
    known |= {menu_id(it["name"]) for it in registered(house)}
    known |= {"choice-scope-person", "choice-kind-cost", "choice-kind-whole"}
    wanted = ("cmd-", "menu-", "option-", "choice-")
    ids = {it.partition(".")[0] for it in messages(ENGLISH)}
    assert sorted(it for it in ids if it.startswith(wanted) and it not in known) == []


async def test_a_german_is_refused_in_german(house: House) -> None:
    """A refusal speaks its reader's language, and names commands as that person sees them."""
    await house.start(default_quota="requests/day=1")
    ada, olga, general = house.person("ada"), house.person("olga"), house.channel("general")
    ada.user.locale = olga.user.locale = "de"
    house.router.reply_next(Reply(text="Gern."))
    await ada.slash(general, "ask", {"prompt": "Hallo?", "private": True})
    first = await house.answer(ada, general, says("Gern.", "0 von 1 Anfrage heute übrig"))
    assert [it.label for it in first.buttons][:1] == ["Neu schreiben"]
    await ada.slash(general, "ask", {"prompt": "Und jetzt?"})
    refusal = await house.answer(ada, general, says("Das Limit von 1 Anfrage pro Tag"))
    assert refusal.ephemeral
    assert "Es wurde nichts ausgegeben." in refusal.text
    usage = await (await ada.slash(general, "usage")).answered()
    assert "Deine letzten Fragen hier" in usage.text
    limit = {"meter": "requests", "window": "day"}
    removed = await use(olga, general, "quota remove", **limit)
    assert "`/limits liste`" in removed.text
    house.assert_polite()


async def test_a_servers_public_answers_speak_its_language(house: House) -> None:
    """What all can read is in the server's language, whoever asked; private words in theirs."""
    next(iter(house.discord.world.guilds.values())).locale = "ja"
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    ada.user.locale = "fr"
    house.router.reply_next(Reply(text="はい。"), Reply(text="Oui."))
    await ada.slash(general, "ask", {"prompt": "?"})
    public = await house.answer(ada, general, says("はい。", "トークン", "今日の残り"))
    assert "書き直す" in [it.label for it in public.buttons]
    await ada.slash(general, "ask", {"prompt": "?", "private": True})
    await house.answer(ada, general, says("Oui.", "jetons"))
    house.assert_polite()


async def test_a_language_that_is_missing_is_english(house: House) -> None:
    """Who speaks a language that the bot does not know is answered in English."""
    await house.start(default_quota="requests/day=0")
    ada, general = house.person("ada"), house.channel("general")
    ada.user.locale = "pt-BR"
    await ada.slash(general, "ask", {"prompt": "Olá?"})
    await house.answer(ada, general, says("The limit of 0 requests a day", "Nothing was spent."))


async def test_two_people_at_the_same_time(house: House) -> None:
    """Two answers that grow at the same time keep each its own reader's words."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    ada.user.locale, ben.user.locale = "de", "zh-CN"
    house.router.tokens_per_second = 200.0
    words = "One two three four five six seven eight nine ten. " * 20
    house.router.reply_next(Reply(text=words), Reply(text=words))
    await asyncio.gather(
        ada.slash(general, "ask", {"prompt": "a", "private": True}),
        ben.slash(general, "ask", {"prompt": "b", "private": True}),
    )
    german = await house.answer(ada, general, says("One two", "heute übrig"))
    chinese = await house.answer(ben, general, says("One two", "今天剩余"))
    assert "Neu schreiben" in [it.label for it in german.buttons]
    assert "重新生成" in [it.label for it in chinese.buttons]


async def test_a_button_pressed_after_a_restart(house: House) -> None:
    """An answer keeps its place's language when another one takes its place after a restart."""
    await house.start()
    ada, general = house.person("ada"), house.channel("general")
    ada.user.locale = "es-ES"
    house.router.reply_next(Reply(text="Primera."), Reply(text="Segunda."))
    await ada.slash(general, "ask", {"prompt": "¿?", "private": True})
    first = await house.answer(ada, general, says("Primera.", "tokens"))
    await house.stop()
    await house.start()
    await ada.click(first, label="Regenerar")
    second = await house.answer(ada, general, both(ended, says("Segunda.")))
    assert "2/2" in [it.label for it in second.buttons]
    with speaking("es"):
        assert say("button-thinking") not in [it.label for it in second.buttons]
        assert say("button-regenerate") in [it.label for it in second.buttons]


async def test_who_presses_is_told_in_their_language(house: House) -> None:
    """A public answer's button tells each person who may not press it why, in their own words."""
    await house.start()
    ada, ben, general = house.person("ada"), house.person("ben"), house.channel("general")
    ben.user.locale = "fr"
    house.router.reply_next(Reply(text="Public."))
    await ada.slash(general, "ask", {"prompt": "?"})
    answer = await house.answer(ada, general, both(ended, says("Public.")))
    await ben.click(answer, label="Regenerate")
    refusal = await house.answer(ben, general, says("Seule la personne qui a demandé"))
    assert refusal.ephemeral


async def test_a_mention_is_answered_in_the_servers_language(house: House) -> None:
    """A message tells no locale of its author: a refusal follows the server's, English in a DM."""
    next(iter(house.discord.world.guilds.values())).locale = "zh-CN"
    await house.start(default_quota="requests/day=0")
    ada, general = house.person("ada"), house.channel("general")
    ada.user.locale = "de"
    await ada.say(general, f"{house.me} hello")
    await house.answer(ada, general, says("每个人的限额", "没有花费任何费用"))
    direct = await ada.open_dm()
    await ada.say(direct, "hello")
    await house.answer(ada, direct, says("The limit of 0 requests a day"))


async def test_a_price_is_asked_and_cancelled_in_one_language(house: House) -> None:
    """A price question keeps its language over a restart, also for what takes its place."""
    await house.start(**DAY)
    ada, general = house.person("ada"), house.channel("general")
    ada.user.locale = "es-419"
    options = {"prompt": "¿Qué dice?", "file": DEAR, "private": True}
    await ada.slash(general, "ask", options)
    question = await house.answer(ada, general, says("¿La envío?", "Unos 3"))
    assert [it.label for it in question.buttons] == ["Enviar", "Recortar", "Cancelar"]
    await house.stop()
    await house.start()
    await ada.click(question, label="Cancelar")
    await house.answer(ada, general, says("Cancelada. No se gastó nada."))


async def test_proposals_while_typing(house: House) -> None:
    """What is proposed for an option is worded for whoever types."""
    await house.start()
    olga, general = house.person("olga"), house.channel("general")
    await use(olga, general, "quota set", meter="requests", window="day", amount=5)
    olga.user.locale = "de"
    proposed = await olga.autocomplete(general, "quota remove", {}, focused="limit")
    assert [name for name, _ in proposed] == ["5 Anfragen pro Tag für jedes Mitglied"]
