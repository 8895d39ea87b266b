"""Stars and underscores are emphasis in Discord where they are so in CommonMark."""

import pytest
from hypothesis import given, settings

from bot.render.markdown.emphasis import with_literals
from bot.render.markdown.pages import Pager
from bot.render.markdown.parts import text_of
from tests.bot.render.markdown.mixtures import answers


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("use **kwargs and **opts", r"use \*\*kwargs and \*\*opts"),
        ("f(*args) and g(*args)", r"f(\*args) and g(\*args)"),
        ("src/**/*.ts and **/*.js", r"src/\*\*/\*.ts and \*\*/\*.js"),
        ("Logging__LogLevel__Default", r"Logging\_\_LogLevel\_\_Default"),
        ("my_var_ x", r"my_var\_ x"),
        ("2 ** 3 ** 4", r"2 \*\* 3 \*\* 4"),
        ("a*b + c*d and x**2 + y**2", r"a\*b + c\*d and x\*\*2 + y\*\*2"),
        ("Name: ____ Age: ____", r"Name: \_\_\_\_ Age: \_\_\_\_"),
        ("**use **kwargs and **opts", r"\*\*use \*\*kwargs and \*\*opts"),
        ("- *p and *q, but *r*", r"- \*p and \*q, but *r*"),
    ],
)
def test_what_is_no_emphasis_is_escaped(text: str, sent: str) -> None:
    """Marks that are only themselves have a backslash where Discord would pair them."""
    (page,) = Pager().pages(text)
    assert text_of(page) == sent


@pytest.mark.parametrize(
    "text",
    [
        "a **b** c *d* ***e*** __f__ _g_",
        "**bold *it* x** and *a **b** c* and ***a** b*",
        "**注意**请, **“注意”**请, **LLM**s, *kernel*s, **Note:**this",
        "**a**/**b**, **/help** and **/stop**",
        "`**a` and ``b ` **c`` and **use `x*y` now**",
        "[a](https://x.y/b_c_/d__e__f) and https://x.y/a_b_/**/c and <https://x.y/_a_b_>",
        "**https://x.y/z_** and <@1_2_>",
        "snake_case_name and 2 * 3",
        "**goes on below",
        r"\*a\* *b*",
        "* an *item*",
    ],
)
def test_what_is_emphasis_stays(text: str) -> None:
    """Emphasis, code, addresses, list marks and single marks that harm nothing are not touched."""
    (page,) = Pager().pages(text)
    assert text_of(page) == text


@settings(max_examples=300, deadline=None)
@given(answers)
def test_only_backslashes_are_added(text: str) -> None:
    """Whatever a line holds, it loses nothing, and a second time changes nothing."""
    for line in text.split("\n"):
        sent = with_literals(line)
        assert sent.replace("\\", "") == line.replace("\\", "")
        assert with_literals(sent) == sent
