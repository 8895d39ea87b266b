"""The catalogue: nothing missing, nothing left over, nothing that can't be said."""

import re
from decimal import Decimal
from typing import Any

import pytest
from fluent.runtime import FluentBundle, FluentResource

from bot.words import ENGLISH, LANGUAGES, decimal, say, speaking
from bot.words.catalogue import Catalogue, find, texts
from tests.bot.words.messages import PLURALS, calls, every_message, junk, messages, strings

OTHERS = [it for it in LANGUAGES if it != ENGLISH]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_file_can_be_read(language: str) -> None:
    """All of every file is messages, and no id stands twice."""
    assert junk(language) == []
    ids = [it.id for it in every_message(language)]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_read_is_what_fluent_reads(language: str) -> None:
    """A message that is found by itself says what it says where Fluent reads whole files."""
    files = texts()[language]
    ours, theirs = Catalogue(language, files), FluentBundle([language], use_isolating=False)
    for text in files.values():
        theirs.add_resource(FluentResource(text))
    for name, message in messages(language).items():
        message_id, _, attribute = name.partition(".")
        assert message_id in ours
        given = dict.fromkeys(message.variables, "words")
        parsed: Any = theirs.get_message(message_id)
        pattern = parsed.attributes[attribute] if attribute else parsed.value
        said, errors = theirs.format_pattern(pattern, given)
        assert ours.find(message_id, attribute, **given) == (None if errors else said), name
        assert ours.find(message_id, "no-such-attribute", **given) is None


def test_a_message_is_more_than_its_first_line() -> None:
    """Lines that are indented, empty or in braces belong to it; what begins anew ends it."""
    catalogue = Catalogue(
        ENGLISH,
        {
            "one.ftl": """# Of it.
first=One
second =
    two

    lines
    .title = It's { first }""",
            "more.ftl": """third = { $count ->
[one] a { second.title }
*[other] { $count }
}
# The end.
## All of it
fourth = Four, { fifth } # no comment
fifth = five
   more
""",
        },
    )
    assert catalogue.find("first") == "One"
    assert catalogue.find("second") == "two\n\nlines"
    assert catalogue.find("second", "title") == "It's One"
    assert catalogue.find("third", count=1) == "a It's One"
    assert catalogue.find("third", count=2_000) == "2,000"
    assert catalogue.find("third") is None
    assert catalogue.find("fourth") == "Four, five\nmore # no comment"
    assert "Of" not in catalogue


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_every_message(language: str) -> None:
    """What English says, all others say, in files of the same name; and nothing else."""
    english, theirs = messages(ENGLISH), messages(language)
    assert sorted(set(english) - set(theirs)) == []
    assert sorted(set(theirs) - set(english)) == []
    assert [it for it in english if english[it].file != theirs[it].file] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_says_the_same_values(language: str) -> None:
    """A translation has the values that English has, apart from those it may leave out."""
    for name, theirs in messages(language).items():
        english = messages(ENGLISH)[name]
        optional = english.optional | theirs.optional
        assert theirs.variables <= english.variables | english.optional, name
        assert english.variables - theirs.variables <= optional, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plural_has_its_forms(language: str) -> None:
    """Where a language's words change with a number, all forms that it has are there."""
    for name, message in messages(language).items():
        for forms in message.selects:
            assert "other" in forms, name
            assert forms - {"other"} in (set(), PLURALS[language]), name


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [0, 1, 2, 1_204, 5_000_000])
def test_every_message_can_be_said(language: str, number: int) -> None:
    """With its values every message becomes a sentence, and no sign of Fluent's is left in it."""
    for name, message in messages(language).items():
        message_id, _, attribute = name.partition(".")
        said = find(language, message_id, attribute, **dict.fromkeys(message.variables, number))
        assert said is not None, name
        assert said.strip() or name == "list-between", name
        assert not re.search(r"[{}\u2066-\u2069]", said), name


@pytest.mark.parametrize("language", OTHERS)
def test_no_english_is_left_over(language: str) -> None:
    """More than two words in a row are nowhere the same as in English."""
    for name, theirs in messages(language).items():
        english = messages(ENGLISH)[name].text
        words = re.findall(r"[^\W\d_]{2,}", english)
        if len(words) > 2 and not name.startswith("pattern-"):
            assert theirs.text != english, name


def test_what_the_code_says_is_there() -> None:
    """Every message that the code says is in the catalogue, and gets the values that it needs."""
    english = messages(ENGLISH)
    for said in calls():
        fitting = [it for it in english if re.fullmatch(said.pattern, it)]
        assert fitting, said
        for name in fitting if said.values is not None else ():
            needed = {ENGLISH: english[name].variables}
            needed |= {it: messages(it)[name].variables for it in OTHERS}
            for language, variables in needed.items():
                lacking = _with_references(language, name) - (said.values or frozenset())
                assert not lacking or len(fitting) > 1, (said, language, variables)


def _with_references(language: str, name: str) -> frozenset[str]:
    """Return the values that a message needs, and those that it refers to."""
    message = messages(language)[name]
    return message.variables.union(
        *(_with_references(language, it) for it in message.references if it in messages(language))
    )


def test_what_is_there_is_said() -> None:
    """Every message is said somewhere: by the code, by another message, or as part of a command."""
    english = messages(ENGLISH)
    patterns = [re.compile(it.pattern) for it in calls()]
    known = strings().union(*(it.references for it in english.values()))
    named = ("cmd-", "menu-", "option-", "choice-", "permission-")
    unused = [
        it
        for it in english
        if it not in known
        and not it.startswith(named)  # tests/journeys/test_languages.py walks the commands
        and not any(pattern.fullmatch(it) for pattern in patterns)
    ]
    assert unused == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_is_refused_has_room(language: str) -> None:
    """What stands for a file is no longer than what stands above it, whose room it takes."""
    with speaking(language):
        assert len(say("not-in-file")) <= len(say("in-file", most=5))


def test_a_language_that_lacks_a_sentence_says_it_in_english() -> None:
    """Nothing is left unsaid where a value is missing or wrong in a translation."""
    with speaking("ja"), pytest.raises(LookupError):
        say("no-such-message")
    with speaking("pt-BR"):
        assert say("button-stop") == "Stop"


def test_numbers_are_written_as_people_write_them() -> None:
    """Thousands and fractions are set apart as each language does it."""
    said = {}
    for language in LANGUAGES:
        with speaking(language):
            said[language] = say("amount-tokens", amount=12_345)
    assert said["en"] == "12,345 tokens"
    assert said["de"] == "12.345 Tokens"
    assert said["fr"] == "12\u202f345 jetons"
    assert said["ja"] == "12,345トークン"
    with speaking("de"):
        assert decimal(Decimal("2.5"), 2, 4) == "2,50"
