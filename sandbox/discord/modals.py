"""Modals as a person fills them in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.discord.model import Interaction, Json
from sandbox.discord.options import NotPossible, Resolver

ROW, TEXT_INPUT, LABEL, FILE_UPLOAD, RADIO_GROUP, CHECKBOX_GROUP, CHECKBOX = (
    1,
    4,
    18,
    19,
    21,
    22,
    23,
)
_ID_SELECTS = {5: "user", 6: "role", 7: "mentionable", 8: "channel"}
STRING_SELECT = 3


@dataclass(frozen=True, slots=True)
class Modal:
    """A modal on the screen, opened by an interaction; `fields` are its (label, component)."""

    title: str
    custom_id: str
    fields: tuple[tuple[str, Json], ...]
    components: tuple[Json, ...]
    interaction: Interaction


def shown_modal(interaction: Interaction) -> Modal | None:
    """Return the modal that an interaction was answered with, if any."""
    if interaction.modal is None:
        return None
    components = interaction.modal["components"]
    fields: list[tuple[str, Json]] = []
    for component in components:
        if component["type"] == LABEL:
            fields.append((component["label"], component["component"]))
        elif component["type"] == ROW:
            fields.extend((inner.get("label", ""), inner) for inner in component["components"])
    return Modal(
        interaction.modal["title"],
        interaction.modal["custom_id"],
        tuple(fields),
        tuple(components),
        interaction,
    )


def filled_in(modal: Modal, values: Mapping[str, Any], resolver: Resolver, user_id: int) -> Json:
    """Return a submitted modal's data; `values` by label or custom_id.

    What is left out keeps what the bot had put there; raise NotPossible as a client refuses.
    """
    known = {name for label, part in modal.fields for name in (label, part["custom_id"])}
    if values.keys() - known:
        raise NotPossible(f"The modal has no {sorted(values.keys() - known)}.")

    def field(part: Json, label: str) -> Json:
        value = values.get(label, values.get(part["custom_id"]))
        body: Json = {"type": part["type"], "custom_id": part["custom_id"]}
        if "id" in part:
            body["id"] = part["id"]
        return body | _entered(part, label, value, resolver, user_id)

    components: list[Json] = []
    for component in modal.components:
        body: Json = {"type": component["type"]}
        if component["type"] == LABEL:
            body["component"] = field(component["component"], component["label"])
        elif component["type"] == ROW:
            body["components"] = [
                field(inner, inner.get("label", "")) for inner in component["components"]
            ]
        components.append(body)
    data: Json = {"custom_id": modal.custom_id, "components": components}
    return data | {"resolved": resolver.resolved}


def _entered(part: Json, label: str, value: Any, resolver: Resolver, user_id: int) -> Json:
    type_ = part["type"]
    required = part.get("required", True)
    if type_ == TEXT_INPUT:
        text = part.get("value") or "" if value is None else str(value)
        least, most = part.get("min_length") or 0, part.get("max_length") or 4000
        if required and not text.strip():
            raise NotPossible(f"{label} has to be filled in.")
        if text and not max(least, 1) <= len(text) <= most:
            raise NotPossible(f"{label} takes {least} to {most} characters, not {len(text)}.")
        return {"value": text}
    if type_ == CHECKBOX:
        return {"value": bool(part.get("default") if value is None else value)}
    if type_ == RADIO_GROUP:
        chosen = _of_options(part, [] if value is None else [value])
        if required and not chosen:
            raise NotPossible(f"{label} has to be chosen.")
        return {"value": chosen[0] if chosen else None}
    wanted = [] if value is None else list(value)
    if type_ == FILE_UPLOAD:
        _check_count(part, label, len(wanted), required)
        return {"values": [resolver.file(file) for file in wanted]}
    if not wanted and not required:
        return {"values": []}
    return {"values": choose_values(part, wanted, resolver, user_id)}


def choose_values(part: Json, values: Sequence[Any], resolver: Resolver, user_id: int) -> list[str]:
    """Return what was chosen from a select as an interaction carries it."""
    _check_count(part, part["custom_id"], len(values), required=True)
    type_ = part["type"]
    if type_ not in _ID_SELECTS:
        return _of_options(part, values)
    chosen: list[str] = []
    for value in values:
        known_user = value in resolver.world.users
        if type_ == 8:
            chosen.append(resolver.place(value, user_id))
        elif type_ == 5 or (type_ == 7 and known_user):
            chosen.append(resolver.user(value))
        else:
            chosen.append(resolver.role(value))
    return chosen


def _of_options(part: Json, values: Sequence[Any]) -> list[str]:
    options = part.get("options") or []
    if not values:
        return [each["value"] for each in options if each.get("default")]
    chosen = []
    for value in values:
        found = next((each for each in options if value in (each["value"], each["label"])), None)
        if found is None:
            raise NotPossible(f"{value!r} is not among {[each['label'] for each in options]}.")
        chosen.append(found["value"])
    return chosen


def _check_count(part: Json, label: str, count: int, required: bool) -> None:
    least = part.get("min_values", 1) if required else 0
    most = part.get("max_values", 1)
    defaults = sum(bool(each.get("default")) for each in part.get("options") or ())
    if part["type"] == CHECKBOX_GROUP:
        most = part.get("max_values") or len(part.get("options") or ())
    if not least <= (count or defaults) <= most:
        raise NotPossible(f"{label} takes {least} to {most} values, not {count}.")
