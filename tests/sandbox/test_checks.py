"""Messages are refused where Discord refuses them, with its codes and paths."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.discord import checks
from sandbox.discord.problems import Problem
from tests.sandbox.refusals import V2, Json, button, refusals, row, text

CURRENT: Json = {"content": "Hello", "embeds": [], "components": [], "attachments": []}
FIELDS = [
    *("content", "flags", "components", "type", "custom_id", "options", "embeds", "fields"),
    *("allowed_mentions", "parse", "users", "attachments", "id", "media", "url", "accessory"),
    *("name", "description", "choices"),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(FIELDS),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@pytest.mark.parametrize(
    "payload",
    [
        {"content": "x" * 2000},
        {"content": "🧵" * 2000},
        {"embeds": [{"description": "x" * 4096}]},
        {"embeds": [{"title": "x"}] * 10},
        {"sticker_ids": ["1"]},
        {"content": "x", "nonce": "x" * 25, "enforce_nonce": True},
        {"content": "x", "nonce": 2**62},
        {"content": "x", "allowed_mentions": {"parse": []}},
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": [], "roles": ["1"]}},
        {"content": "x", "message_reference": {"message_id": "5", "fail_if_not_exists": False}},
        {"message_reference": {"type": 1, "message_id": "5", "channel_id": "4"}},
        {"content": "x", "flags": 1 << 2 | 1 << 12, "components": None, "embeds": None},
        {"content": "x", "components": [row(button(str(n))) for n in range(5)]},
        {"flags": V2, "components": [text()], "content": "", "embeds": []},
    ],
)
def test_good_messages_pass(payload: Json) -> None:
    """What Discord takes is taken, up to each limit."""
    assert refusals(checks.check_create, payload, []) == set()


@pytest.mark.parametrize(
    ("payload", "refused"),
    [
        ({"content": "x" * 2001}, "content BASE_TYPE_MAX_LENGTH"),
        ({"content": 7}, "content STRING_TYPE_CONVERT"),
        ({"content": "x", "embeds": {}}, "embeds LIST_TYPE_CONVERT"),
        ({"content": "x", "embeds": ["x"]}, "embeds.0 MODEL_TYPE_CONVERT"),
        ({"embeds": [{"title": "x"}] * 11}, "embeds BASE_TYPE_MAX_LENGTH"),
        ({"embeds": [{}]}, "embeds.0.description BASE_TYPE_REQUIRED"),
        ({"embeds": [{"title": "x" * 257}]}, "embeds.0.title BASE_TYPE_MAX_LENGTH"),
        (
            {"embeds": [{"description": "x" * 4097}]},
            "embeds.0.description BASE_TYPE_MAX_LENGTH",
        ),
        ({"embeds": [{"description": "x" * 3001}] * 2}, "embeds MAX_EMBED_SIZE_EXCEEDED"),
        (
            {"embeds": [{"title": "x", "footer": {"text": "x" * 2049}}]},
            "embeds.0.footer.text BASE_TYPE_MAX_LENGTH",
        ),
        (
            {"embeds": [{"fields": [{"name": "x", "value": ""}]}]},
            "embeds.0.fields.0.value BASE_TYPE_REQUIRED",
        ),
        (
            {"embeds": [{"fields": [{"name": "x", "value": "x"}] * 26}]},
            "embeds.0.fields BASE_TYPE_MAX_LENGTH",
        ),
        ({"embeds": [{"title": "x", "color": 1 << 24}]}, "embeds.0.color NUMBER_TYPE_MAX"),
        (
            {"embeds": [{"image": {"url": "ftp://example.org/x"}}]},
            "embeds.0.image.url URL_TYPE_INVALID_SCHEME",
        ),
        ({"embeds": [{"title": "x", "url": "x"}]}, "embeds.0.url URL_TYPE_INVALID_URL"),
        ({"content": "x", "nonce": "x" * 26}, "nonce BASE_TYPE_MAX_LENGTH"),
        ({"content": "x", "tts": "yes"}, "tts BOOLEAN_TYPE_CONVERT"),
        ({"content": "x", "flags": "0"}, "flags NUMBER_TYPE_COERCE"),
        ({"content": "x", "flags": 1 << 1}, "flags MESSAGE_FLAGS_INVALID"),
        ({"sticker_ids": ["1", "2", "3", "4"]}, "sticker_ids BASE_TYPE_MAX_LENGTH"),
        (
            {"content": "x", "message_reference": {}},
            "message_reference.message_id BASE_TYPE_REQUIRED",
        ),
        (
            {"content": "x", "allowed_mentions": {"parse": ["here"]}},
            "allowed_mentions.parse.0 BASE_TYPE_CHOICES",
        ),
        (
            {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
            "allowed_mentions MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
        ),
        (
            {"content": "x", "allowed_mentions": {"users": [str(n) for n in range(101)]}},
            "allowed_mentions.users BASE_TYPE_MAX_LENGTH",
        ),
        (
            {"content": "x", "allowed_mentions": {"roles": ["1", 1]}},
            "allowed_mentions.roles.1 SET_TYPE_ALREADY_CONTAINS_VALUE",
        ),
        (
            {"content": "x", "allowed_mentions": {"users": ["me"]}},
            "allowed_mentions.users.0 NUMBER_TYPE_COERCE",
        ),
        ({"content": "x", "attachments": [{"id": 0}]}, "attachments.0.id ATTACHMENT_NOT_FOUND"),
        ({"content": "x", "components": [text()]}, "components.0.type UNION_TYPE_CHOICES"),
        (
            {"content": "x", "components": [row(button(str(n))) for n in range(6)]},
            "components BASE_TYPE_MAX_LENGTH",
        ),
    ],
)
def test_bad_messages_are_refused_where_they_are_bad(payload: Json, refused: str) -> None:
    """Each fault is told at its own path with Discord's code, and no other fault is."""
    assert refusals(checks.check_create, payload, []) == {refused}


@pytest.mark.parametrize("name", ["content", "embeds", "poll", "sticker_ids"])
def test_components_v2_stand_alone(name: str) -> None:
    """With the flag no field of the older kind is allowed."""
    legacy = {"content": "x", "embeds": [{"title": "x"}], "poll": {"a": 1}, "sticker_ids": ["1"]}
    payload = {"flags": V2, "components": [text()], name: legacy[name]}
    code = "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
    assert refusals(checks.check_create, payload, []) == {f"{name} {code}"}


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"content": ""},
        {"content": " \n\t"},
        {"content": None, "embeds": []},
        {"flags": V2, "components": []},
        {"flags": V2},
    ],
)
def test_an_empty_message_is_50006(payload: Json) -> None:
    """A message that shows nothing is refused with the code of its own."""
    with pytest.raises(Problem) as caught:
        checks.check_create(payload, [])
    assert (caught.value.status, caught.value.code) == (400, 50006)


def test_a_file_is_enough() -> None:
    """A message may be a file and nothing else; without a component V2 shows none."""
    assert refusals(checks.check_create, {"attachments": [{"id": 0}]}, ["a.txt"]) == set()
    with pytest.raises(Problem, match="50006"):
        checks.check_create({"flags": V2}, ["a.txt"])


def test_ten_files_and_no_more() -> None:
    """An eleventh file is refused."""
    names = [f"{n}.txt" for n in range(11)]
    assert refusals(checks.check_create, {}, names[:10]) == set()
    assert refusals(checks.check_create, {}, names) == {"attachments BASE_TYPE_MAX_LENGTH"}


def test_only_an_interaction_hides_its_message() -> None:
    """The ephemeral flag is for responses and follow-ups."""
    payload = {"content": "x", "flags": 1 << 6}
    assert refusals(checks.check_create, payload, []) == set()
    assert refusals(checks.check_create, payload, [], may_be_ephemeral=False) == {
        "flags MESSAGE_FLAGS_INVALID"
    }


def test_all_faults_are_told_at_once_and_within_the_response() -> None:
    """One refusal names every fault, in a response below its data."""
    payload = {"content": "x" * 2001, "embeds": [{}]}
    assert refusals(checks.check_create, payload, [], within="data") == {
        "data.content BASE_TYPE_MAX_LENGTH",
        "data.embeds.0.description BASE_TYPE_REQUIRED",
    }


def test_a_refusal_has_discords_shape() -> None:
    """The body of a refusal nests the faults as Discord does."""
    with pytest.raises(Problem) as caught:
        checks.check_create({"content": "x" * 2001}, [])
    assert caught.value.body() == {
        "message": "Invalid Form Body",
        "code": 50035,
        "errors": {
            "content": {
                "_errors": [
                    {
                        "code": "BASE_TYPE_MAX_LENGTH",
                        "message": "Must be 2000 or fewer in length.",
                    }
                ]
            }
        },
    }


def edit(payload: Json, current: Json | None = None, flags: int = 0, *names: str) -> set[str]:
    """Return what is refused of an edit."""
    return refusals(
        checks.check_edit,
        payload,
        current_flags=flags,
        current=CURRENT if current is None else current,
        file_names=names,
    )


def test_an_edit_keeps_what_it_does_not_name() -> None:
    """An edit may change one thing, and fails only where nothing would be left."""
    assert edit({"embeds": [{"title": "x"}]}) == set()
    assert edit({}) == set()
    assert edit({"content": "x" * 2001}) == {"content BASE_TYPE_MAX_LENGTH"}
    assert edit({"content": "", "embeds": [{"title": "x"}]}) == set()
    with pytest.raises(Problem, match="50006"):
        edit({"content": None})


def test_components_v2_can_be_set_and_never_removed() -> None:
    """The flag comes with an edit that empties the older fields, and then stays."""
    new = {"flags": V2, "components": [text()]}
    code = "content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2"
    assert edit(new) == {code}
    assert edit(new | {"content": None}) == set()
    assert edit(new, CURRENT | {"content": ""}, 1 << 7) == set(), "a deferred response"
    shown = CURRENT | {"content": "", "components": [text()]}
    assert edit({"components": [text("more")]}, shown, V2) == set()
    assert edit({"flags": 0}, shown, V2) == {
        "flags MESSAGE_FLAG_IS_COMPONENTS_V2_CANNOT_BE_REMOVED"
    }
    assert edit({"content": "x"}, shown, V2) == {code}
    with pytest.raises(Problem, match="50006"):
        edit({"components": []}, shown, V2)


def test_other_flags_of_an_edit_are_ignored() -> None:
    """Discord ignores flags that an edit cannot change."""
    assert edit({"flags": 1 << 6}) == set()


def test_an_edit_lists_the_files_that_stay() -> None:
    """Kept and new files can be referred to, dropped and unknown ones cannot."""
    current = CURRENT | {"attachments": [{"id": "70", "filename": "old.txt"}]}

    def show(name: str, **fields: Any) -> set[str]:
        shown = {"type": 13, "file": {"url": f"attachment://{name}"}}
        payload = {"flags": V2, "content": None, "components": [shown], **fields}
        return edit(payload, current, 0, "new.txt")

    path = "components.0.file.url"
    missing = f"{path} UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND"
    assert show("old.txt") == show("new.txt") == set()
    assert show("old.txt", attachments=[{"id": "70"}, {"id": 0}]) == set()
    assert show("old.txt", attachments=[{"id": 0}]) == {missing}
    assert show("new.txt", attachments=[{"id": 1}]) == {"attachments.0.id ATTACHMENT_NOT_FOUND"}


def test_a_deferral_is_hidden_or_plain() -> None:
    """A deferral takes the ephemeral flag and no other."""
    assert refusals(checks.check_deferral, None) == set()
    assert refusals(checks.check_deferral, {"flags": 1 << 6}) == set()
    assert refusals(checks.check_deferral, {"flags": V2}) == {"data.flags MESSAGE_FLAGS_INVALID"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("x", None),
        ("x" * 100, None),
        ("x" * 101, "BASE_TYPE_BAD_LENGTH"),
        ("", "BASE_TYPE_REQUIRED"),
        (None, "BASE_TYPE_REQUIRED"),
        (7, "STRING_TYPE_CONVERT"),
    ],
)
def test_a_threads_name_has_1_to_100_characters(name: object, code: str | None) -> None:
    """Names of other lengths are refused."""
    expected = {f"name {code}"} if code else set()
    assert refusals(checks.check_thread_name, name) == expected


@pytest.mark.parametrize("minutes", [None, 60, 1440, 4320, 10080])
def test_threads_are_archived_after_one_of_four_times(minutes: int | None) -> None:
    """Discord offers four times, and nothing between them."""
    assert refusals(checks.check_auto_archive, minutes) == set()
    other = 61 if minutes is None else minutes + 1
    assert refusals(checks.check_auto_archive, other) == {"auto_archive_duration BASE_TYPE_CHOICES"}


@given(JSON, JSON)
def test_no_payload_breaks_the_checks(payload: Any, more: Any) -> None:
    """Whatever a client sends, a check passes or refuses it, and raises nothing else."""
    body = payload | {"components": [more]} if isinstance(payload, dict) else payload
    for check in (checks.check_modal, checks.check_autocomplete, checks.check_command):
        _passes_or_refuses(check, body)
    for flags in (0, V2):
        shown = body | {"flags": flags} if isinstance(body, dict) else body
        _passes_or_refuses(checks.check_create, shown, ["a.txt"])
        _passes_or_refuses(
            checks.check_edit, shown, current_flags=flags, current=CURRENT, file_names=[]
        )
    _passes_or_refuses(checks.check_commands, [body, more])


def _passes_or_refuses(check: Any, *args: Any, **kwargs: Any) -> None:
    try:
        check(*args, **kwargs)
    except Problem as problem:
        if problem.code not in (50006, 50035):
            raise
