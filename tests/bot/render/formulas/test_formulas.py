# ruff: noqa: RUF001 - what looks like a letter is a symbol here
"""Formulas: prices stay prices, simple formulas become text, and nothing that is written fails."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render.formulas.finding import (
    Formula,
    Growing,
    fluent,
    formulas_in,
    linear,
    simple,
    unfinished,
)

FRAGMENTS = [
    *(r"\frac", r"\sqrt", r"\left", r"\right", r"\begin{cases}", r"\end{cases}", r"\text"),
    *(r"\begin{matrix}", r"\end{matrix}", r"\boxed", r"\hat", r"\not", r"\ce", r"\over", r"\tag"),
    *(r"\mathbb", r"\overset", r"\operatorname", r"\big", r"\middle", r"\xrightarrow", r"\sum"),
    *(r"\alpha", r"\unknown", r"\\", r"\(", r"\)", r"\[", r"\]", r"\{", r"\$", "\\"),
    *("&", "{", "}", "[", "]", "^", "_", "'", "$", "$$", "|", "%", "*", "**", "`", "```", "#"),
    *("x", "1", "10", " ", "\n", "\n\n", "and", "-", "+", "=", ",", "\ue001", "語", "> "),
]
texts = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=40).map("".join)

PRICES = [
    "It costs $5 and $10.",
    "US$ 20 or US$20, A$ 30",
    "costs $5-$10, $5–$10 or $5/$10",
    "$1,000.00 to $2",
    "between $100 million and $200 million",
    "$5 or 10$ or $5/month, $10/year",
    "5$ or 10$",
    "He pays $20.He owes $3",
    "from -$5 to -$10 ($5)",
    "$5+$10=$15",
    "$HOME/$USER and ${HOME}/bin:${PATH}",
    "$(pwd)/$(date) in $A$1:$B$2",
    "$i++; $j++ and $_GET['x'] and $_POST['y']",
    "$foo and $bar, $foo, $bar",
    r"\$5 and \$x\$",
    "价格是$5到$10",
    "[ x ] and $$$ cheap $$$",
    "`$x$` and ``$y$`` and ` \\(x\\) `",
    "```\n$x$\n```",
    r"see \[1\]",
    r"see \[optional\] and \(see the notes\)",
    r"a\\(b\\)",
    r'"\\(\\d+\\)" and \\(optional\\)',
    r"- \[x\] done",
    "$x\ny$",
    "\\[ a\n\n b \\]",
]

FOUND = [
    ("let $x$ be", ["x"]),
    ("设$x$为整数，$n$", ["x", "n"]),
    ("the $n$th, $k$-th and $x$s", ["n", "k", "x"]),
    (r"so \(x^2\) and \[y\]", ["x^2", "y"]),
    ("$$\na=b\n$$", ["a=b"]),
    (r"then \boxed{\frac{1}{2}} is it", [r"\boxed{\frac{1}{2}}"]),
    (r"\begin{align}a&=b\end{align}", [r"\begin{align}a&=b\end{align}"]),
    ("it's $5$ and $10$, so $0.5$, $10,000$ and $3x + 2$", ["5", "10", "0.5", "10,000", "3x + 2"]),
    (r"$10\%$ of $\$50$", [r"10\%", r"\$50"]),
    ("$ x^2 $ and $-$", ["x^2", "-"]),
    (r"$\text{a $x$ b}$ and $(a, b)$, $|x|$", [r"\text{a $x$ b}", "(a, b)", "|x|"]),
    ("$x$$y$ $$a$$ $$b$$", ["x", "y", "a", "b"]),
    ("> $$\n> x\n> $$", ["x"]),
    ("costs $5, and $x = 5$", ["x = 5"]),
    ("`code $x` $y$", ["y"]),
    ("```\n$x$\n```\n$y$", ["y"]),
    (r"pays \$5 for $x$", ["x"]),
    (r"so \\(x\\) and \\[\\frac{a}{b}\\]", ["x", r"\frac{a}{b}"]),
    (r"\\(\alpha\\) with \\[a \\ b^2\\]", [r"\alpha", r"a \ b^2"]),
]

SIMPLE = [
    ("x^2+y^2=z^2", "x² + y² = z²"),
    ("a_{n+1}=10^{-3}", "aₙ₊₁ = 10⁻³"),
    (r"\sqrt{2}, \sqrt{x+1}, \sqrt[3]{x}", "√2, √(x + 1), ∛x"),
    (r"\alpha\leq\beta\neq\infty", "α ≤ β ≠ ∞"),
    (r"\sum_{i=1}^n x_i", "∑ᵢ₌₁ⁿ xᵢ"),
    (r"-\frac{1}{2}mv^2", "−½mv²"),
    (r"\frac{3}{7}+\frac{\pi}{2}", "3/7 + π/2"),
    (r"\frac{a}{b}c", "(a/b)c"),
    (r"\frac{dy}{dx}=2x", "dy/dx = 2x"),
    (r"x\in\mathbb{R}\setminus\{0\}", "x ∈ ℝ ∖ {0}"),
    (r"\mathbf{F}=m\vec{a}", "𝐅 = ma⃗"),
    (r"\hat{x}+\bar y", "x̂ + y̅"),
    (r"\boxed{42}", "**42**"),
    (r"\boxed{x = \frac12}", "**x = ½**"),
    (r"\boxed{1}\boxed{2}", "**1** **2**"),
    (r"a\equiv b\pmod{n}", "a ≡ b (mod n)"),
    (r"90^\circ, 50\%", "90°, 50%"),
    (r"\sin^2 x+\cos(x)", "sin² x + cos(x)"),
    (r"\left(\frac{a}{b}\right)^n", "(a/b)ⁿ"),
    (r"x=5\quad\text{and}\quad y=-3", "x = 5\u2003and\u2003y = −3"),
    (r"5\times10^{8}\,\text{m/s}", "5 × 10⁸ m/s"),
    ("f(x,y)=1,000,000", "f(x, y) = 1,000,000"),
    ("f:A\\to B, 3:2", "f: A → B, 3:2"),
    ("f'(x), f''", "f′(x), f′′"),
    ("|{-5}|=|-5|=5", r"\|−5\| = \|−5\| = 5"),
    (r"\ce{2H2 + O2 -> 2H2O}", "2H₂ + O₂ → 2H₂O"),
    (r"\ce{SO4^{2-}}", "SO₄²⁻"),
    (r"\text{Area}=\pi r^2", "Area = πr²"),
    ("a*b", r"a \* b"),
    ("a<b", "a < b"),
    (r"\text{<@1>}", r"\<@1>"),
    (r"f\circ g", "f ∘ g"),
    (r"\text{1. x}", r"1\. x"),
    ("> 5", r"\> 5"),
    (r"\not\in, \not=", "∉, ≠"),
    (r"\int_0^1 x dx", "∫₀¹ x dx"),
]

LINEAR = [
    (r"\frac{-b\pm\sqrt{b^2-4ac}}{2a}", "(−b ± √(b² − 4ac))/(2a)"),
    (r"\frac{a+b}{c+d}", "(a + b)/(c + d)"),
    (r"\sum_{n=1}^{\infty}\frac{1}{n^2}=\frac{\pi^2}{6}", "∑[n=1…∞] 1/n² = π²/6"),
    (r"\int_{-\infty}^{\infty}f(x)\,dx", "∫[−∞…∞] f(x) dx"),
    (r"\sum_{i\in S}x_i", "∑[i∈S] xᵢ"),
    (r"\frac{1}{\sqrt{d_k}}", "1/√dₖ"),
    (r"\frac{\$10}{4}", "$10/4"),
    (r"\frac{e^{z_i}}{2}", "e^(zᵢ)/2"),
    (r"\lim_{x\to0}\frac{\sin x}{x}=1", "lim[x→0] (sin x)/x = 1"),
    (r"e^{i\pi}+1=0", "e^(iπ) + 1 = 0"),
    (r"x^{y^2}", "x^(y²)"),
    (r"x_{TOTAL}y", r"x\_TOTAL y"),
    (r"\begin{bmatrix}1&2\\3&4\end{bmatrix}^T", "[1, 2; 3, 4]ᵀ"),
    (
        r"f(x)=\begin{cases}x^2 & \text{if } x>0\\ 0 & \text{otherwise}\end{cases}",
        "f(x) = x² if x > 0; 0 otherwise",
    ),
    (r"\begin{aligned}x+y&=3\\2x-y&=0\end{aligned}", "x + y = 3; 2x − y = 0"),
    (r"\begin{align*}a&=b\\&=c\end{align*}", "a = b = c"),
    (r"\binom{n}{k}", "C(n, k)"),
    (r"\underbrace{a+b}_{c}", r"(a + b)\_c"),
    (r"\cancel{x}", "~~x~~"),
    (r"\unknown{x}", "unknown x"),
    (r"{n \over k+1}", "n/(k + 1)"),
]


@pytest.mark.parametrize("text", PRICES)
def test_prices_variables_and_code_stay_text(text: str) -> None:
    """Dollars that belong to prices, to a shell or to code begin no formula."""
    assert formulas_in(text) == []


@pytest.mark.parametrize(("text", "sources"), FOUND)
def test_formulas_are_found_in_text(text: str, sources: list[str]) -> None:
    """Every way to write a formula is found, and its source is what it surrounds."""
    assert [it.source for it in formulas_in(text)] == sources


def test_a_formula_tells_where_it_is_and_whether_it_stands_alone() -> None:
    """The offsets include what surrounds a formula; a box alone in its line is displayed."""
    text = "Thus\n\\boxed{4}\nand $x$."
    assert formulas_in(text) == [
        Formula(5, 14, r"\boxed{4}", display=True),
        Formula(19, 22, "x", display=False),
    ]
    (boxed,) = formulas_in(r"Hence the answer: \boxed{4}")
    assert not boxed.display


@given(
    st.lists(st.integers(0, 10**7), min_size=1, max_size=6), st.sampled_from([" and ", "-", " "])
)
def test_any_prices_stay_text(prices: list[int], between: str) -> None:
    """However many prices stand in a line, none of them is part of a formula."""
    assert formulas_in(between.join(f"${price:,}" for price in prices)) == []


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("so $x", 3),
        ("so $$x\n", 3),
        (r"so \(x", 3),
        (r"so \[x", 3),
        (r"so \boxed{\frac{1}{2}", 3),
        (r"so \begin{align}x", 3),
        ("so \\", 3),
        (r"so \box", 3),
        (r"so \begin{al", 3),
        ("so $x$", 3),
        ("so $", 3),
        ("costs $5", 6),
        ("so $x$.", None),
        (r"so \(x\)", None),
        ("costs $5 and", None),
        ("costs $5\n", None),
        ("costs $10 a month", None),
        ("costs $" + "1 " * 40, None),
        ("so $" + "x+" * 300, None),
        ("so \\[ x\n\n", None),
        ("so \\[" + "x+" * 1200, None),
        ("`$x`", None),
        ("plain", None),
    ],
)
def test_what_may_become_a_formula_waits_for_its_end(text: str, start: int | None) -> None:
    """A growing text is held back where a formula has begun, and not for long for a price."""
    assert unfinished(text) == start


@settings(max_examples=300, deadline=None)
@given(texts)
def test_formulas_are_in_order_and_hold_their_source(text: str) -> None:
    """Formulas never overlap, and what is unfinished begins behind every one before it."""
    found = formulas_in(text)
    ends = [0, *(it.end for it in found)]
    assert all(end <= it.start < it.end for end, it in zip(ends, found, strict=False))
    assert all(it.source == it.source.strip() != "" for it in found)
    start = unfinished(text)
    assert start is None or 0 <= start < len(text)


@pytest.mark.parametrize(("source", "text"), SIMPLE)
def test_simple_formulas_become_text(source: str, text: str) -> None:
    """What Unicode has characters for is text, and text in one line is the same then."""
    assert simple(source) == linear(source) == text


@pytest.mark.parametrize(("source", "text"), LINEAR)
def test_any_formula_has_a_text_in_one_line(source: str, text: str) -> None:
    """What only a picture does justice still has a text that can be read."""
    assert simple(source) is None
    assert linear(source) == text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("x^2", "x²"),
        (r"e^{-\lambda t}", "e^(−λt)"),
        ("K_{eq}", r"K\_eq"),
        (r"\frac{a+b}{2}", "(a + b)/2"),
        (r"\lim_{x\to\infty}f(x)", "lim[x→∞] f(x)"),
        (r"\frac{-b\pm\sqrt{b^2-4ac}}{2a}+x^{1/2}", None),
        (r"\begin{matrix}1&2\end{matrix}", None),
        (r"\unknown{x}", None),
        (r"\underbrace{x}_{y}", None),
    ],
)
def test_what_reads_well_in_a_sentence_is_told(source: str, text: str | None) -> None:
    """Between what is simple and what needs a picture is what a sentence can hold."""
    assert fluent(source) == text


def test_a_frame_in_bold_words_is_no_second_bold() -> None:
    """Where the words around are bold already, a frame brings no marks of its own."""
    assert simple(r"\boxed{42}", bold=False) == linear(r"\boxed{42}", bold=False) == "42"


@settings(max_examples=500, deadline=None)
@given(texts)
def test_whatever_is_written_has_a_text(source: str) -> None:
    """No source fails; what comes out is one line, without a command where it is simple."""
    text, plain = linear(source), simple(source)
    assert "\n" not in text
    assert text or not re.sub(r"[\s\ue000-\ue002]", "", source)
    assert plain is None or plain == text
    assert plain is None or not re.search(r"\\[a-zA-Z]", plain)


@pytest.mark.parametrize(
    "nested",
    ["{", r"\frac{1}{", r"\sqrt ", "x^", r"\hat ", r"\left(", r"\text{$", r"\ce{", r"a\over "],
)
def test_absurd_nesting_is_text_too(nested: str) -> None:
    """However deep a formula is nested, there is a text, and soon."""
    for times in (5, 25, 1000):
        assert linear(nested * times + "x+1")


@settings(max_examples=300, deadline=None)
@given(texts, st.lists(st.integers(0, 200), max_size=12))
def test_what_is_known_of_a_growing_text_is_true_of_the_whole(text: str, cuts: list[int]) -> None:
    """However a text grew, and wherever it was cut, the same is found in it."""
    growing = Growing()
    for cut in cuts:
        assert growing.places(text[:cut]) == Growing().places(text[:cut])
    assert growing.places(text) == Growing().places(text)


@pytest.mark.parametrize("source", [r"\boxed{" * 300, r"\begin{cases}" * 300, r"\[" * 300])
def test_what_never_ends_is_no_formula(source: str) -> None:
    """What is nested without an end is given up as a whole."""
    assert formulas_in(source) == []
    assert unfinished(source + "x" * 3000) is None
