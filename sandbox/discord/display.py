"""Components as Discord gives them back: numbered, and with the addresses of their files."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from sandbox.discord.checks_walk import SELECTS, Kind
from sandbox.discord.model import Attachment, Json
from sandbox.discord.world import World

_MEDIA = ("media", "file")
_INNER = ("accessory", "component")
_EMBED_MEDIA = (
    ("image", "url"),
    ("thumbnail", "url"),
    ("author", "icon_url"),
    ("footer", "icon_url"),
)

_MEDIA_DEFAULTS: Json = {"description": None, "spoiler": False}
_SELECT_DEFAULTS: Json = {"min_values": 1, "max_values": 1}
_DEFAULTS: Mapping[int, Json] = {
    Kind.THUMBNAIL: _MEDIA_DEFAULTS,
    Kind.FILE: {"spoiler": False},
    Kind.SEPARATOR: {"divider": True, "spacing": 1},
    Kind.CONTAINER: {"accent_color": None, "spoiler": False},
    **dict.fromkeys(SELECTS, _SELECT_DEFAULTS),
}
"""What Discord says of a component where the request did not."""


def shown_components(
    world: World, components: Sequence[Any], attachments: Sequence[Attachment]
) -> list[Json]:
    """Return components with ids where they have none, and media with what they stand for."""
    taken = {part["id"] for part in walk(components) if part.get("id")}
    free = (number for number in count(1) if number not in taken)

    def shown(component: Json) -> Json:
        result: Json = _DEFAULTS.get(component["type"], {}) | component
        if component["type"] in SELECTS:
            result.pop("required", None)  # taken from bots, but it means something in forms alone
        if not result.get("id"):
            result["id"] = next(free)
        for key in _MEDIA:
            if isinstance(component.get(key), dict):
                result[key] = _media(world, component[key], attachments)
        if component.get("items") is not None:
            result["items"] = [
                {**_MEDIA_DEFAULTS, **item, "media": _media(world, item["media"], attachments)}
                for item in component["items"]
            ]
        if component.get("components") is not None:
            result["components"] = [shown(inner) for inner in component["components"]]
        for key in _INNER:
            if component.get(key) is not None:
                result[key] = shown(component[key])
        if isinstance(result.get("file"), dict):
            name = result["file"]["url"].rpartition("/")[2]
            size = sum(len(each.content) for each in attachments if each.name == name)
            result |= {"name": name, "size": size}
        return result

    return [shown(component) for component in given(list(components))]


def shown_embeds(
    world: World, embeds: Sequence[Any], attachments: Sequence[Attachment]
) -> list[Json]:
    """Return embeds with what they leave unsaid, and with the addresses of attached files."""
    shown = [{"type": "rich", "fields": [], **given(embed)} for embed in embeds]
    addresses = {f"attachment://{each.name}": world.cdn_url + each.path for each in attachments}
    for embed in shown:
        embed["fields"] = [{"inline": False, **each} for each in embed["fields"]]
        for part, key in _EMBED_MEDIA:
            if isinstance(embed.get(part), dict) and embed[part].get(key) in addresses:
                embed[part] = {**embed[part], key: addresses[embed[part][key]]}
    return shown


def shown_files(components: Iterable[Any]) -> set[int]:
    """Return the ids of the files that components show: with Components V2 no other is seen."""
    found: set[int] = set()
    for part in walk(components):
        media = [part.get(key) for key in _MEDIA]
        media += [item.get("media") for item in part.get("items") or ()]
        found |= {int(each["attachment_id"]) for each in media if each and "attachment_id" in each}
    return found


def given(value: Any) -> Any:
    """Return what is not null: in requests that means absent, in answers it is not said."""
    if isinstance(value, list):
        return [given(each) if isinstance(each, list | dict) else each for each in value]
    if isinstance(value, dict):
        return {
            name: given(each) if isinstance(each, list | dict) else each
            for name, each in value.items()
            if each is not None
        }
    return value


def walk(components: Iterable[Any]) -> Iterator[Json]:
    """Yield components and all that is in them, in the order in which they are shown."""
    for component in components:
        if not isinstance(component, Mapping):
            continue
        yield dict(component)
        yield from walk(component.get("components") or ())
        yield from walk(component[key] for key in _INNER if key in component)


def _media(world: World, media: Json, attachments: Sequence[Attachment]) -> Json:
    url = str(media.get("url", ""))
    name = url.removeprefix("attachment://")
    for attachment in attachments:
        address = world.cdn_url + attachment.path
        if (name != url and attachment.name == name) or url == address:
            return {
                "id": str(attachment.id),
                "url": address,
                "proxy_url": address,
                "content_type": attachment.content_type,
                "attachment_id": str(attachment.id),
            }
    return {"id": str(world.ids.next()), "proxy_url": url, "content_type": None, **media}
