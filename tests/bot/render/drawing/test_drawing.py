"""Drawing: typical formulas become pictures of a sane size, and nonsense becomes none."""

import struct
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render.drawing.draw import draw
from bot.render.markdown.parts import Picture, PictureKind

DRAWN = [
    "x",
    r"\frac{-b\pm\sqrt{b^2-4ac}}{2a}",
    r"\begin{aligned} x+y&=3\\ 2x-y&=0\end{aligned}",
    r"\begin{align*}a&=b\\&=c\end{align*}",
    r"\begin{pmatrix}1&2\\3&4\end{pmatrix}",
    r"\begin{bmatrix}1\\2\end{bmatrix}^T",
    r"\begin{vmatrix} a&b\\c&d\end{vmatrix}",
    r"\begin{array}{c|c} a & b\\ \hline c&d\end{array}",
    r"f(x)=\begin{cases}x^2 & \text{if } x>0\\ 0 & \text{otherwise}\end{cases}",
    r"\boxed{42}",
    r"x=\boxed{\dfrac{1}{2}}",
    r"\int_0^\infty e^{-x^2}\,dx=\frac{\sqrt{\pi}}{2}",
    r"\oint_C \vec F\cdot d\vec r",
    r"\sum_{n=1}^{\infty}\frac{1}{n^2}=\frac{\pi^2}{6}",
    r"\prod_{i=1}^n x_i",
    r"\lim_{x\to0}\frac{\sin x}{x}=1",
    r"\mathbb{R}^n \ni \mathbf{v}, \mathcal{L}, \mathfrak{g}, \mathsf{T}, \boldsymbol{\beta}",
    r"P(A\mid B)=\frac{P(B\mid A)P(A)}{P(B)}",
    r"\left\lfloor \frac{n}{2}\right\rfloor",
    r"\left.\frac{df}{dx}\right|_{x=0}",
    r"\overline{AB}\perp\vec{v}, \underline{x}, \hat{x}, \widehat{xy}, \tilde x, \dot x, \ddot x",
    r"\binom{n}{k}, {n \choose k}",
    r"a \equiv b \pmod{n}",
    r"\underbrace{a+b}_{c}+\overbrace{1+\cdots+n}^{n\text{ terms}}",
    r"\operatorname{Var}(X)=\mathbb{E}[X^2]",
    r"x \implies y \iff z",
    r"\xrightarrow{f}",
    r"\ce{H2O}",
    r"\require{cancel}\cancel{x}",
    r"\tag{1} x=1",
    r"\nabla\times\mathbf{E}=-\frac{\partial\mathbf{B}}{\partial t}",
    r"\stackrel{?}{=}",
    r"\hat{\theta}_{\mathrm{MLE}}=\arg\max_\theta \mathcal{L}(\theta)",
    r"\sqrt[3]{x}",
    r"\color{red}{x}",
    r"\displaystyle\frac12",
    r"\Bigl[x\Bigr]_0^1",
    r"\sum_{\substack{a\\b}} x",
    r"\not= \notin \nexists",
    r"\dots \cdots \ldots \vdots",
    r"\frac{1}{1+\frac{1}{1+\frac{1}{x}}}",
    r"f'(x)^2 + {}^2x",
    r"x+1 \\ y+2",
]

FRAGMENTS = [
    *(r"\frac", r"\sqrt", r"\left(", r"\right)", r"\begin{cases}", r"\end{cases}", r"\text", "^"),
    *(r"\begin{matrix}", r"\end{matrix}", r"\boxed", r"\hat", r"\not", r"\over", r"\big", r"\sum"),
    *(r"\alpha", r"\\", "&", "{", "}", "_", "x", "1", " ", "|", "'", "-", "=", r"\mathbb", r"\ce"),
]


def formula(source: str) -> bytes | None:
    """Draw a formula."""
    return draw(Picture(PictureKind.FORMULA, source, ""))


def size(png: bytes) -> tuple[int, int]:
    """Return the width and the height of a PNG."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("source", DRAWN)
def test_typical_formulas_are_drawn(source: str) -> None:
    """A formula's picture is wide enough not to be blown up, and small enough to be sent."""
    png = formula(source)
    assert png is not None
    width, height = size(png)
    assert 900 <= width <= 1600
    assert 80 <= height <= 700
    assert len(png) < 40_000


@pytest.mark.parametrize(
    "source",
    [
        "",
        " ",
        r"\unknown{x}",
        r"\frac{",
        r"\left(x",
        r"\begin{matrix}x",
        r"\text{面积}=3",
        "x" * 2001,
        "x+" * 500,
        r"\frac{1}{" * 50 + "x" + "}" * 50,
        r"\left(" * 12 + "x" + r"\right)" * 12,
        r"\begin{matrix}" + r"x\\" * 200 + r"\end{matrix}",
        r"\begin{matrix}\end{matrix}",
    ],
)
def test_what_cannot_be_drawn_well_is_not_drawn(source: str) -> None:
    """Unknown commands, what was cut off, missing letters and absurd sizes have no picture."""
    assert formula(source) is None


def test_a_formula_that_is_a_little_too_wide_is_drawn_smaller() -> None:
    """A formula that is wider than a picture may be is made smaller, as long as it is readable."""
    png = formula("+".join(f"x_{{{at}}}" for at in range(24)))
    assert png is not None
    assert size(png)[0] == 1600


def test_statements_side_by_side_become_lines_where_they_are_wide() -> None:
    """What wide spaces part is broken there first, so that its letters stay as large as others."""
    alone = r"f(x) = \frac{a_0}{2} + \sum_{n=1}^{\infty} a_n \cos(nx)"
    few = formula(rf"x = 1, \quad {alone}")
    many = formula(rf"{alone}, \qquad {alone}, \qquad {alone}")
    assert few is not None
    assert many is not None
    assert size(many)[0] == size(few)[0]
    assert size(many)[1] > 2 * size(few)[1]


def test_a_long_formula_is_broken_at_its_relations() -> None:
    """A formula with several steps in one line has one line a step where it is too wide."""
    step = "+".join(f"x_{at}" for at in range(9))
    width, height = size(formula("S=" + step) or b"")
    longer, higher = size(formula("S=" + "=".join([step] * 4)) or b"")
    assert abs(longer - width) < 20
    assert higher > 2 * height


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=15).map("".join))
def test_drawing_never_fails(source: str) -> None:
    """Whatever is written, there is a picture or none."""
    png = formula(source)
    assert png is None or max(size(png)) <= 1600


def test_nothing_that_draws_is_imported_before_it_is_needed() -> None:
    """A bot that never draws spends neither time nor memory on what could."""
    code = "import sys, bot.render.drawing.draw; print({'ziamath', 'resvg_py'} & {*sys.modules})"
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert asked.stdout.strip() == "set()"
