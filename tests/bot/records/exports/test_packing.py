"""Files that Discord takes, with every turn in one of them."""

import io
import json
import random
import string
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.records.exports.packing import MOST_FILES, Export, Form, Packer
from bot.records.exports.values import Turn
from tests.bot.records.exports.samples import HEAD, NOW, turns

PLAIN = Turn("1", None, HEAD.exported_for, NOW, None, False, False, 1, "words", (), ())


def noise(size: int, seed: int = 0) -> str:
    """Return letters that can hardly be zipped."""
    letters = string.ascii_letters + string.digits
    return "".join(random.Random(seed).choices(letters, k=size))  # noqa: S311 - nothing secret


def packed(said: list[Turn], form: Form, limit: int, at_once: int = 3) -> Export:
    """Return the files for turns that come some at a time."""
    packer = Packer("history", HEAD, form, limit)
    for first in range(0, len(said), at_once):
        packer.take(said[first : first + at_once])
    return packer.close()


def documents(export: Export) -> list[bytes]:
    """Return what is in the files."""
    found: list[bytes] = []
    for file in export.files:
        if not file.name.endswith(".zip"):
            found.append(file.content)
            continue
        with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
            [name] = archive.namelist()
            assert f"{name}.zip" == file.name
            found.append(archive.read(name))
    return found


def test_a_small_one_is_a_plain_file() -> None:
    """What fits is one file, named after the channel and the form."""
    [file] = packed([PLAIN], Form.JSON, 10_000).files
    assert file.name == "history.json"
    [file] = packed([], Form.MARKDOWN, 10_000).files
    assert file.name == "history.md"


@settings(max_examples=50)
@given(said=st.lists(turns, max_size=12), limit=st.integers(1_500, 20_000))
def test_every_turn_is_in_one_file(said: list[Turn], limit: int) -> None:
    """However small the files must be, all parts together hold all turns in their order."""
    export = packed(said, Form.JSON, limit)
    assert all(len(it.content) <= limit for it in export.files)
    parts = [json.loads(it) for it in documents(export)]
    assert [it["part"] for it in parts] == list(range(1, len(parts) + 1))
    held = [turn["id"] for part in parts for turn in part["turns"]]
    assert len(held) == export.turns
    assert export.turns + export.left_out == len(said)
    if not export.left_out:
        assert held == [it.id for it in said]
        assert [it["last"] for it in parts] == [*[False] * (len(parts) - 1), True]


def test_what_hardly_shrinks_comes_in_more_files() -> None:
    """Where a part is too large even zipped, it is halved."""
    said = [replace(PLAIN, id=str(n), text=noise(900, n)) for n in range(10)]
    export = packed(said, Form.MARKDOWN, 2_000)
    assert len(export.files) > 3
    assert all(len(it.content) <= 2_000 for it in export.files)
    assert export.turns == 10


def test_what_is_too_large_is_told() -> None:
    """A single turn that no file can hold is counted, and the others are there."""
    said = [PLAIN, replace(PLAIN, text=noise(9_000)), PLAIN]
    export = packed(said, Form.JSON, 1_500)
    assert (export.turns, export.left_out) == (2, 1)


def test_there_is_an_end() -> None:
    """More than so many files are not made, and that is told."""
    said = [replace(PLAIN, id=str(n), text=noise(3_000, n)) for n in range(60)]
    export = packed(said, Form.JSON, 4_000)
    assert MOST_FILES <= len(export.files) <= MOST_FILES + 2
    assert export.cut
    assert export.turns < 60
