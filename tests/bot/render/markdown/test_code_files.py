"""Code: long blocks end in a file of the right name, drawings say how they are drawn."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render.markdown.code_files import Code
from bot.render.markdown.pages import Pager
from bot.render.markdown.parts import CodeFile, Page, text_of

LIMIT = 300
LINES = [f"value_{n} = {n}" for n in range(90)]
LONG = "```py\n" + "\n".join(LINES) + "\n```"
NOBODY: frozenset[str] = frozenset()


def files_of(pages: tuple[Page, ...]) -> list[CodeFile]:
    """Return the files on all pages."""
    return [part for page in pages for part in page if isinstance(part, CodeFile)]


@pytest.mark.parametrize(
    ("info", "first", "name"),
    [
        ('python title="app.py"', "x = 1", "app.py"),
        ("js title=src/index.js", "x", "index.js"),
        ("app.py", "x", "app.py"),
        ("python:app.py", "x", "app.py"),
        ("rust src/main.rs", "x", "main.rs"),
        ("Dockerfile", "FROM x", "Dockerfile"),
        ("python", "# app.py", "app.py"),
        ("rust", "// src/main.rs", "main.rs"),
        ("css", "/* style.css */", "style.css"),
        ("html", "<!-- index.html -->", "index.html"),
        ("sql", "-- schema.sql", "schema.sql"),
        ("python", "# An app in app.py", "code-1.py"),
        ("python", "#!/usr/bin/env python3", "code-1.py"),
        ("c++", "int x;", "code-1.cpp"),
        ("typescript", "x", "code-1.ts"),
        ("", "x", "code-1.txt"),
        ("klingon", "x", "code-1.txt"),
        ('py title="../../etc/evil.py"', "x", "evil.py"),
        ('py title="ünï codé.py"', "x", "code-1.py"),
        ('py title="ümlaut.py"', "x", "mlaut.py"),
        (f'py title="{"x" * 200}.py"', "x", f"{'x' * 60}.py"),
    ],
)
def test_a_file_is_called_what_its_writer_called_it(info: str, first: str, name: str) -> None:
    """The name is the one that was said, or tells at least the language."""
    code = Code(info)
    code.add(first)
    assert code.file(NOBODY) == CodeFile(name, f"{first}\n")


@given(st.text(max_size=120), st.text(max_size=120))
def test_every_name_is_safe(info: str, first: str) -> None:
    """Whatever the writer wrote, the name is short, plain and in no other folder."""
    code = Code(info)
    code.add(first)
    name = code.file(NOBODY).name
    assert re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,79}", name)


def test_no_name_is_used_twice() -> None:
    """Discord would show one file for both."""
    code = Code("app.py")
    assert code.file(frozenset({"app.py"})).name == "app-2.py"
    assert Code("go").file(frozenset({"code-1.py"})).name == "code-2.go"
    pages = Pager(LIMIT).pages("\n\n".join([LONG.replace("py", "app.py", 1)] * 3))
    assert [file.name for file in files_of(pages)] == ["app.py", "app-2.py", "app-3.py"]


@pytest.mark.parametrize(
    ("said", "name"), [("answer.md", "answer-2.md"), ("Answer.MD", "Answer-2.MD")]
)
def test_no_code_takes_the_whole_answers_name(said: str, name: str) -> None:
    """The file that has all of a long answer may stand in the same message."""
    assert Code(f"md title={said}").file(NOBODY).name == name


def test_long_code_ends_in_a_file() -> None:
    """Two pages of it are shown in whole lines; the file has all, and what follows stands below."""
    pages = Pager(LIMIT).pages(f"Look:\n\n{LONG}\n\nDone.")
    texts = [text_of(page) for page in pages]
    shown = [line for line in "\n".join(texts).split("\n") if line in LINES]
    assert shown == LINES[: len(shown)]
    assert sum(map(len, shown)) < 2 * LIMIT < sum(map(len, shown)) + 2 * len(shown)
    assert texts[-1].endswith(f"```\n-# … and {90 - len(shown)} more lines in code-1.py\nDone.")
    assert files_of(pages) == [CodeFile("code-1.py", "\n".join(LINES) + "\n")]


def test_code_that_fits_is_no_file() -> None:
    """What two pages can hold is only shown."""
    assert files_of(Pager(LIMIT).pages("```py\n" + "\n".join(LINES[:35]) + "\n```")) == []


def test_while_long_code_grows_it_says_so() -> None:
    """The number of lines that are not shown rises, and the file comes once the code is whole."""
    pager = Pager(LIMIT)
    text = LONG.removesuffix("\n```")
    pages = pager.pages(text + "\n", growing=True)
    hidden = re.search(
        r"-# … (\d+) more lines so far; the whole comes as a file$", text_of(pages[-1])
    )
    assert hidden
    assert files_of(pages) == []
    more = pager.pages(text + "\nlast = 1\n", growing=True)
    assert f"-# … {int(hidden[1]) + 1} more lines so far" in text_of(more[-1])
    assert pages[:-1] == more[:-1]
    assert files_of(pager.pages(text + "\nlast = 1\n")) == [
        CodeFile("code-1.py", "\n".join([*LINES, "last = 1"]) + "\n")
    ]


def test_a_line_longer_than_two_pages_is_cut() -> None:
    """Minified code is one line: a first part of it is shown."""
    line = "x=1;" * 500
    pages = Pager(LIMIT).pages(f"```js\n{line}\nrest\n```")
    assert len(pages) <= 4
    assert files_of(pages) == [CodeFile("code-1.js", f"{line}\nrest\n")]


def test_long_code_in_a_list_and_in_a_quote() -> None:
    """The file has the code without the marks around it."""
    inner = "\n".join(f"   {line}" for line in LINES)
    listed = Pager(LIMIT).pages(f"1. Do:\n   ```py\n{inner}\n   ```\n2. Then")
    quoted = Pager(LIMIT).pages(
        "> ```py\n" + "".join(f"> {line}\n" for line in LINES) + "> ```\n> x"
    )
    whole = CodeFile("code-1.py", "\n".join(LINES) + "\n")
    assert files_of(listed) == files_of(quoted) == [whole]
    assert text_of(listed[-1]).endswith("\n2. Then")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("ab \U0001f600", max_size=90), min_size=1, max_size=60))
def test_a_file_has_every_line(lines: list[str]) -> None:
    """However code is cut at pages and within lines, its file is what was written."""
    code = [line.rstrip() for line in lines] + ["end"]
    for file in files_of(Pager(LIMIT).pages("```\n" + "\n".join(code) + "\n```")):
        assert file.content == "\n".join(code) + "\n"


@pytest.mark.parametrize(
    ("block", "hint"),
    [
        ("```mermaid\ngraph TD\n```", "-# A Mermaid diagram: mermaid.live draws it."),
        ("```svg\n<svg/>\n```", "-# An SVG drawing: saved as a .svg file, a browser shows it."),
        (
            "```xml\n<svg>\n</svg>\n```",
            "-# An SVG drawing: saved as a .svg file, a browser shows it.",
        ),
    ],
)
def test_a_drawing_says_what_draws_it(block: str, hint: str) -> None:
    """Code that is a drawing stays code, with a line below it once it is whole."""
    [page] = Pager().pages(f"{block}\n\nAfter")
    assert text_of(page) == f"{block}\n{hint}\n\nAfter"
    [growing] = Pager().pages(block.removesuffix("```"), growing=True)
    assert text_of(growing) == block


@pytest.mark.parametrize("block", ["```html\n<svg/>\n```", "```xml\n<a/>\n```", "```py\nsvg\n```"])
def test_other_code_has_no_hint(block: str) -> None:
    """What a browser or an editor shows as it is needs none."""
    [page] = Pager().pages(block)
    assert text_of(page) == block
