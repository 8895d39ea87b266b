"""Texts made of whatever Markdown is made of, in any order, and whole answers in many shapes."""

from hypothesis import strategies as st

FRAGMENTS = [
    *("\n", "\n\n", "\n\n\n", " ", "    ", "\t", "\r\n", "\u2028", "\x00", "\x1b"),
    *("- ", "  - ", "* ", "1. ", "10) ", "> ", ">", ">>> ", "# ", "#### ", "###### **x** "),
    *("```", "```py\n", "```py title.py\n", "\n```\n", "````\n", "~~~\n", "~~~js\n", "\n~~~~\n"),
    *("`", "``", "---\n", "===\n", "***", "**", "__", "~~", "<@123456789>", "<t:1700000000:R>"),
    *("![alt](https://x.y/z.png)", "[a](b)", "<:smile:123456>", "\u200d", "\u0301", "🇩🇪", "👍🏽"),
    *("word ", "word. ", "wordwordword", "語", "語。", "x" * 90, "y. " * 60, "z\n" * 20),
    *("- item\n" * 12, "> quote\n" * 12, "    code\n" * 9, "lorem ipsum " * 12, "\n" * 15),
    *("-" * 50, "#" * 30, "`" * 30, ">" * 40, "e\u0301" * 80, "👩\u200d👩\u200d👧" * 20),
]
TABLES = ["| a | b |\n", "|---|:-:|\n", "| 1 | 2 | 3 |\n", "|", "||", "| cell | cell |\n" * 9]


def mixtures(fragments: list[str]) -> st.SearchStrategy[str]:
    """Return texts made of fragments and of anything."""
    anything = st.text(max_size=40) | st.integers(0, 9999).map(str)
    return st.lists(st.sampled_from(fragments) | anything, max_size=60).map("".join)


FORMULAS = [
    *("$x^2$", "$$", "$", "\\[", "\\]", "\\(", "\\)", "$$\n\\frac{a}{b}\n$$\n", "\\boxed{4}"),
    *("$5 and $10", "\n$$x$$\n", "$\\sqrt[3]{\\frac{a}{b}}$", "- $$\n  y\n  $$\n", "> \\[ z \\]\n"),
    *("so $$\n", "\n$$ holds", "\\(a +\n", "b\\)", "\\\\(", "x\\\\)", "- \\[x\\] "),
]

MARKUP = [
    *("<b>", "</b>", "<br>", "<sub>", "2</sub>", "<details>\n", "</p>", "&amp;", "&", ";"),
    *("- [x] ", "[^", "1]", "[^1]: ", ": meaning\n", "2*3", "2**3"),
    *("<details><summary>", "</summary>", "</details>", "<!-- ", " -->", "\\\n", "\r"),
    *("[the ref][1]", "[1]: https://x.y\n", "> [!NOTE]\n", '```js title="x y"\n'),
]

anything = mixtures(FRAGMENTS + TABLES + FORMULAS + MARKUP)

BLOCKS = [
    *("A paragraph of some words, with **bold ones** and `code`. " * 3, "One line."),
    "## A heading",
    "- one\n- **two**: with words\n  - nested\n- three",
    "1. first\n   ```sh\n   ls -l\n   ```\n2. second",
    "> quoted words\n> and more of them",
    "```python\n" + "".join(f"value_{n} = {n}\n" for n in range(12)) + "```",
    "```mermaid\ngraph TD\n```",
    "| a | b |\n|---|--:|\n| one | 1 |\n| two | 2 |",
    "| name | what | 1 | 2 |\n|---|---|---|---|\n"
    + "".join(f"| row number {n} | {'words ' * 4}| {n}.25 | {n} |\n" for n in range(6)),
    *("$$\n\\frac{a}{b}\n$$", "So $\\frac{1}{\\sqrt{x}}$ it is.", "It costs $5 or $10."),
    *("中文的句子没有空格。" * 6, "👩\u200d👩\u200d👧 🇩🇪 <:smile:123> <@123456789>", "---"),
]

answers = st.lists(st.sampled_from(BLOCKS), max_size=14).map("\n\n".join)
