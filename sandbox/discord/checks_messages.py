"""What a message may hold, when it is made and when it is edited."""

from collections.abc import Collection, Mapping, Sequence
from enum import IntFlag
from typing import Any, Final

from sandbox.discord import problems
from sandbox.discord.checks_components import check_components
from sandbox.discord.checks_form import Form

MOST_CONTENT: Final = 2000
MOST_FILES: Final = 10
MOST_EMBEDS: Final = 10
MOST_EMBED_TEXT: Final = 6000
_FORWARD: Final = 1
_WEB_OR_FILE: Final = ("http", "https", "attachment")


class Flag(IntFlag):
    """The message flags that a bot can set or that decide what an edit may do."""

    SUPPRESS_EMBEDS = 1 << 2
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    IS_VOICE_MESSAGE = 1 << 13
    IS_COMPONENTS_V2 = 1 << 15


_ON_CREATE: Final = Flag.SUPPRESS_EMBEDS | Flag.SUPPRESS_NOTIFICATIONS | Flag.IS_COMPONENTS_V2
_MOST_FLAGS: Final = 2**31 - 1
_NOT_IN_V2: Final = ("content", "embeds", "poll", "sticker_ids", "shared_client_theme")


def check_create(
    payload: Mapping[str, Any],
    file_names: Sequence[str],
    *,
    may_be_ephemeral: bool = True,
    within: str | None = None,
) -> None:
    """Refuse a new message that Discord would refuse: in a channel, a response, a follow-up.

    `file_names` are those of the uploads, in the order of `files[n]`. Only a response to an
    interaction or its follow-up may be ephemeral. Where the message is the "data" of a response,
    say so with `within`: the faults are then told there.
    """
    form = _form(payload, within)
    allowed = _ON_CREATE | (Flag.EPHEMERAL if may_be_ephemeral else Flag(0))
    is_v2 = bool(_check_flags(form["flags"], allowed) & Flag.IS_COMPONENTS_V2)
    _check_nonce(form["nonce"])
    form["tts"].boolean()
    form["enforce_nonce"].boolean()
    _check_reference(form["message_reference"])
    _check_attachments(form["attachments"], {}, len(file_names))
    if len(file_names) > MOST_FILES:
        form["attachments"].fail(
            "BASE_TYPE_MAX_LENGTH", f"Must be {MOST_FILES} or fewer in length."
        )
    _check_body(form, is_v2=is_v2, file_names=file_names)
    form.raise_faults()
    if not _says_something(payload, file_names, is_v2=is_v2):
        raise problems.cannot_send_empty()


def check_edit(
    payload: Mapping[str, Any],
    *,
    current_flags: int,
    current: Mapping[str, Any],
    file_names: Sequence[str],
    within: str | None = None,
) -> None:
    """Refuse an edit that Discord would refuse; `current` is the message's JSON before it.

    An edit changes the flags SUPPRESS_EMBEDS and IS_COMPONENTS_V2 alone; others are ignored.
    """
    form = _form(payload, within)
    flags = form["flags"].integer(0, _MOST_FLAGS) or 0
    was_v2 = bool(current_flags & Flag.IS_COMPONENTS_V2)
    if was_v2 and form["flags"].is_given and not flags & Flag.IS_COMPONENTS_V2:
        form["flags"].fail(
            "MESSAGE_FLAG_IS_COMPONENTS_V2_CANNOT_BE_REMOVED",
            "The IS_COMPONENTS_V2 flag cannot be removed from a message",
        )
    is_v2 = was_v2 or bool(flags & Flag.IS_COMPONENTS_V2)
    kept = {str(a["id"]): str(a["filename"]) for a in current.get("attachments") or ()}
    listed = _check_attachments(form["attachments"], kept, len(file_names))
    names = [*file_names, *(name for key, name in kept.items() if listed is None or key in listed)]
    if len(names) > MOST_FILES:
        form["attachments"].fail(
            "BASE_TYPE_MAX_LENGTH", f"Must be {MOST_FILES} or fewer in length."
        )
    _check_body(form, is_v2=is_v2, file_names=names)
    after = {**current, **payload}
    if is_v2 and not was_v2:
        _refuse_legacy(
            form, {name: current.get(name) for name in _NOT_IN_V2 if name not in payload}
        )
    form.raise_faults()
    if not _says_something(after, names, is_v2=is_v2):
        raise problems.cannot_send_empty()


def check_deferral(data: Mapping[str, Any] | None) -> None:
    """Refuse a deferred response with any other flag than EPHEMERAL."""
    if data is None:
        return
    form = Form({"data": data})["data"]
    if form.mapping():
        _check_flags(form["flags"], Flag.EPHEMERAL)
    form.raise_faults()


def _form(payload: Mapping[str, Any], within: str | None) -> Form:
    form = Form(payload) if within is None else Form({within: payload})[within]
    if not form.mapping(required=True):
        form.raise_faults()
    return form


def _check_body(form: Form, *, is_v2: bool, file_names: Collection[str]) -> None:
    form["content"].text(MOST_CONTENT)
    _check_embeds(form["embeds"])
    _check_allowed_mentions(form["allowed_mentions"])
    for sticker in form["sticker_ids"].each(3):
        sticker.snowflake(required=True)
    if is_v2:
        _refuse_legacy(form, form.value)
    check_components(form["components"], is_v2=is_v2, file_names=file_names)


def _refuse_legacy(form: Form, fields: Mapping[str, Any]) -> None:
    for name in _NOT_IN_V2:
        if fields.get(name):
            form[name].fail(
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )


def _says_something(
    message: Mapping[str, Any], file_names: Collection[str], *, is_v2: bool
) -> bool:
    if is_v2:
        return bool(message.get("components"))
    content = message.get("content")
    if isinstance(content, str) and content.strip():
        return True
    reference = message.get("message_reference")
    if isinstance(reference, Mapping) and reference.get("type") == _FORWARD:
        return True
    held = ("embeds", "components", "sticker_ids", "sticker_items", "poll", "shared_client_theme")
    return bool(file_names) or any(message.get(name) for name in held)


def _check_flags(form: Form, allowed: int) -> int:
    flags = form.integer(0, _MOST_FLAGS)
    if flags and flags & ~allowed:
        form.fail("MESSAGE_FLAGS_INVALID", f"These flags cannot be set: {flags & ~allowed}")
    return flags or 0


def _check_nonce(form: Form) -> None:
    if isinstance(form.value, bool) or not isinstance(form.value, int):
        form.text(25)


def _check_reference(form: Form) -> None:
    if form.mapping():
        form["message_id"].snowflake(required=True)
        form["channel_id"].snowflake()
        form["guild_id"].snowflake()
        form["fail_if_not_exists"].boolean()
        form["type"].choice((0, 1))


def _check_attachments(form: Form, kept: Mapping[str, str], uploads: int) -> set[str] | None:
    """Return the ids that are listed, None where no list is given."""
    if not form.is_given:
        return None
    listed: set[str] = set()
    for attachment in form.each(MOST_FILES):
        if not attachment.mapping(required=True):
            continue
        identity = attachment["id"].snowflake(required=True)
        attachment["filename"].text(1024, 1)
        attachment["description"].text(1024)
        if identity is None:
            continue
        if identity >= uploads and str(identity) not in kept:
            attachment["id"].fail("ATTACHMENT_NOT_FOUND", "The referenced attachment was not found")
        listed.add(str(identity))
    return listed


def _check_embeds(form: Form) -> None:
    total = 0
    for embed in form.each(MOST_EMBEDS):
        if embed.mapping(required=True):
            total += _check_embed(embed)
    if total > MOST_EMBED_TEXT:
        form.fail(
            "MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {MOST_EMBED_TEXT}"
        )


def _check_embed(embed: Form) -> int:
    """Return how many characters of the embeds' common limit this embed takes."""
    length = len(embed["title"].text(256)) + len(embed["description"].text(4096))
    embed["url"].url(_WEB_OR_FILE)
    embed["color"].integer(0, 0xFFFFFF)
    embed["timestamp"].text(64)
    length += len(embed["author"]["name"].text(256)) if embed["author"].mapping() else 0
    length += len(embed["footer"]["text"].text(2048)) if embed["footer"].mapping() else 0
    for name in ("image", "thumbnail"):
        if embed[name].mapping():
            embed[name]["url"].url(_WEB_OR_FILE, required=True)
    fields = 0
    for entry in embed["fields"].each(25):
        fields += 1
        if entry.mapping(required=True):
            length += len(entry["name"].text(256, 1, required=True))
            length += len(entry["value"].text(1024, 1, required=True))
            entry["inline"].boolean()
    shown = ("title", "description", "author", "footer", "image", "thumbnail", "url")
    if not fields and not any(embed[name].value for name in shown):
        embed["description"].fail("BASE_TYPE_REQUIRED", "This field is required")
    return length


def _check_allowed_mentions(form: Form) -> None:
    if not form.mapping():
        return
    parsed = [kind.choice(("users", "roles", "everyone")) for kind in form["parse"].each()]
    form["replied_user"].boolean()
    for name in ("users", "roles"):
        seen: set[int] = set()
        for one in form[name].each(100):
            identity = one.snowflake(required=True)
            if identity in seen:
                one.fail("SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this value")
            elif identity is not None:
                seen.add(identity)
        if seen and name in parsed:
            form.fail(
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{name}"] and {name}: [ids...] are mutually exclusive.',
            )
