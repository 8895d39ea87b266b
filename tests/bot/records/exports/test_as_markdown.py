"""Exports as Markdown: everything in its place, whatever was said."""

import re

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.records.exports import as_markdown
from bot.records.exports.values import Head, Turn
from bot.words import LANGUAGES, speaking
from tests.bot.records.exports.samples import HEAD, heads, texts, turns

PARSER = MarkdownIt("gfm-like", {"linkify": False})


def parsed(written: bytes) -> list[Token]:
    """Return the outermost blocks of a document."""
    return [it for it in PARSER.parse(written.decode()) if it.level == 0 and it.nesting >= 0]


def expected(turn: Turn) -> list[str]:
    """Return the blocks that a turn is."""
    blocks = ["h2", "p", *(["blockquote"] if turn.text else [])]
    for _ in turn.files:
        blocks += ["p", "code"]
    for _ in turn.answers:
        blocks += ["h3", "p", "blockquote"]
    return blocks


@given(
    language=st.sampled_from(sorted(LANGUAGES)),
    head=heads,
    said=st.lists(turns, max_size=3),
    last=st.booleans(),
)
def test_nothing_breaks_out(language: str, head: Head, said: list[Turn], last: bool) -> None:
    """Each turn is its heading, its quote, its files in fences, and its answers, and no more."""
    with speaking(language):
        written = b"".join(
            as_markdown.document(head, [as_markdown.turn(it) for it in said], 1, last=last)
        )
    for small in small_print(written):
        assert (small[0].type, small[-1].type) == ("em_open", "em_close")
    blocks = [it.tag for it in parsed(written)]
    wanted = ["h1", "p", *([] if said else ["p"])]
    for turn in said:
        wanted += expected(turn)
    assert blocks == wanted + ([] if last else ["p"])


def small_print(written: bytes) -> list[list[Token]]:
    """Return what the line below each heading is made of."""
    found = PARSER.parse(written.decode())
    below = [at + 4 for at, it in enumerate(found) if it.type == "heading_open" and not it.level]
    return [found[at].children or [] for at in below]


@given(turn=turns)
def test_all_of_it_is_there(turn: Turn) -> None:
    """Words are in their quotes line by line, and files in their fences letter by letter."""
    written = as_markdown.turn(turn).decode()
    for text in (turn.text, *(it.text for it in turn.answers)):
        lines = re.split(r"\r\n|\r|\n", text)
        assert not text or "\n".join(f"> {it}" if it else ">" for it in lines) in written
    fences = [it for it in parsed(written.encode()) if it.type == "fence"]
    for fence, file in zip(fences, turn.files, strict=True):
        wanted = re.sub(r"\r\n|\r", "\n", file.text)
        assert fence.content == wanted + ("\n" if wanted and not wanted.endswith("\n") else "")


@given(name=texts)
def test_names_are_names(name: str) -> None:
    """A name in a heading is one line of plain text: no mark, link, code or tag comes of it."""
    written = f"## {as_markdown.inert(name)} end\n"
    opened, inline, closed = PARSER.parse(written)
    assert (opened.tag, closed.tag) == ("h2", "h2")
    assert {it.type for it in inline.children or []} <= {"text", "text_special"}
    shown = "".join(it.content for it in inline.children or [])
    visible = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    assert shown == f"{visible} end".strip()


def test_it_reads_well() -> None:
    """An empty conversation says so."""
    written = b"".join(as_markdown.document(HEAD, [], 1, last=True)).decode()
    assert written == (
        "# general in Lighthouse\n\n*Exported for Ada on 2026-03-18 12:34 UTC.*\n\n"
        "Nothing was said.\n"
    )
