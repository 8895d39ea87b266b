"""A block of code as a file of the right name, and what is said below one."""

import re
from dataclasses import dataclass, field

from bot.render.markdown.graphemes import width
from bot.render.markdown.parts import CodeFile
from bot.words import say

DOCUMENT_NAME = "answer.md"
"""The file that has a whole answer, beside which blocks of code may stand as theirs."""

_LONGEST_NAME = 80
_EXTENSIONS = {
    "": "txt",
    **dict.fromkeys(("asm", "nasm", "s"), "asm"),
    **dict.fromkeys(("bash", "sh", "shell", "zsh", "console", "fish"), "sh"),
    **dict.fromkeys(("bat", "batch", "cmd"), "bat"),
    "c": "c",
    "clojure": "clj",
    "cmake": "cmake",
    **dict.fromkeys(("cpp", "c++", "cc", "cxx"), "cpp"),
    **dict.fromkeys(("csharp", "cs", "c#"), "cs"),
    "css": "css",
    "csv": "csv",
    "dart": "dart",
    **dict.fromkeys(("diff", "patch"), "diff"),
    **dict.fromkeys(("dockerfile", "docker"), "dockerfile"),
    **dict.fromkeys(("elixir", "ex"), "ex"),
    **dict.fromkeys(("erlang", "erl"), "erl"),
    **dict.fromkeys(("fsharp", "f#", "fs"), "fs"),
    **dict.fromkeys(("fortran", "f90"), "f90"),
    **dict.fromkeys(("go", "golang"), "go"),
    **dict.fromkeys(("graphql", "gql"), "graphql"),
    "groovy": "groovy",
    "h": "h",
    **dict.fromkeys(("haskell", "hs"), "hs"),
    **dict.fromkeys(("hcl", "terraform", "tf"), "tf"),
    **dict.fromkeys(("html", "htm"), "html"),
    **dict.fromkeys(("ini", "conf"), "ini"),
    "java": "java",
    **dict.fromkeys(("javascript", "js", "node"), "js"),
    **dict.fromkeys(("json", "json5", "jsonc"), "json"),
    "jsx": "jsx",
    **dict.fromkeys(("julia", "jl"), "jl"),
    **dict.fromkeys(("kotlin", "kt"), "kt"),
    **dict.fromkeys(("latex", "tex"), "tex"),
    "lua": "lua",
    **dict.fromkeys(("makefile", "make"), "mk"),
    **dict.fromkeys(("markdown", "md"), "md"),
    **dict.fromkeys(("matlab", "octave"), "m"),
    **dict.fromkeys(("mermaid", "mmd"), "mmd"),
    "nix": "nix",
    **dict.fromkeys(("objectivec", "objc", "objective-c"), "m"),
    **dict.fromkeys(("ocaml", "ml"), "ml"),
    **dict.fromkeys(("pascal", "delphi"), "pas"),
    **dict.fromkeys(("perl", "pl"), "pl"),
    "php": "php",
    **dict.fromkeys(("powershell", "ps1", "pwsh"), "ps1"),
    **dict.fromkeys(("protobuf", "proto"), "proto"),
    **dict.fromkeys(("python", "py", "python3"), "py"),
    "r": "r",
    **dict.fromkeys(("ruby", "rb"), "rb"),
    **dict.fromkeys(("rust", "rs"), "rs"),
    "scala": "scala",
    **dict.fromkeys(("scss", "sass"), "scss"),
    "sql": "sql",
    "svelte": "svelte",
    "svg": "svg",
    "swift": "swift",
    "toml": "toml",
    "tsx": "tsx",
    **dict.fromkeys(("typescript", "ts"), "ts"),
    **dict.fromkeys(("verilog", "v"), "v"),
    "vue": "vue",
    **dict.fromkeys(("xml", "xsd", "xsl"), "xml"),
    **dict.fromkeys(("yaml", "yml"), "yaml"),
    "zig": "zig",
}
_TITLE = re.compile(r"(?:title|file|filename|name)\s*[=:]\s*[\"']?([^\"'\s}]+)", re.IGNORECASE)
_TITLED = re.compile(r"\S+\s+\{?(?:title|file|filename|name)=([\"'])(.+)\1\}?", re.IGNORECASE)
_NAME = re.compile(r"(?:[\w.~-]*[/\\])*([\w-][\w.-]*\.[A-Za-z]\w{0,9}|Dockerfile|Makefile)")
_COMMENT = re.compile(
    r"\s*(?:#+|//+|--+|;+|%+|/\*+|<!--+|\(\*|\"\"\")\s*(?:file(?:name)?:\s*)?(\S+?)\s*"
    r"(?:\*+/|--+>|\*\)|\"\"\")?\s*",
    re.IGNORECASE,
)
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")
_DRAWN_SVG = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?<svg\b", re.IGNORECASE)


@dataclass(slots=True)
class Code:
    """A block of code that is being read: what was said about it, and its lines so far.

    The first line on a page may go on with one of which the `beginning` is on the page before.
    """

    info: str
    lines: list[str] = field(default_factory=list)
    beginning: str = ""
    size: int = 0

    def add(self, line: str) -> None:
        """Take in a line."""
        self.size += width(line) + 1
        self.lines.append(self.beginning + line)
        self.beginning = ""

    def until(self, count: int, beginning: str = "") -> "Code":
        """Return this as it was after so many lines, and the beginning of another."""
        code = Code(self.info, self.lines[:count], beginning)
        code.size = sum(width(line) + 1 for line in code.lines) + width(beginning)
        return code

    @property
    def language(self) -> str:
        """Return the language that was named, if any was."""
        return re.split(r"[\s:{,]", self.info, maxsplit=1)[0].lower()

    def file(self, taken: frozenset[str]) -> CodeFile:
        """Return the whole as a file, under a name that is not taken."""
        return CodeFile(self.name(taken), "\n".join(self.lines) + "\n")

    def name(self, taken: frozenset[str]) -> str:
        """Return a name for the whole as a file that is not taken."""
        return _free(self._name(taken), taken)

    def hint(self) -> str:
        """Return a line that says what draws this, if it is a drawing."""
        if self.language in ("mermaid", "mmd"):
            return say("hint-mermaid")
        first = "\n".join(self.lines[:3])
        is_svg = self.language == "svg" or (self.language == "xml" and _DRAWN_SVG.match(first))
        return say("hint-svg") if is_svg else ""

    def _name(self, taken: frozenset[str]) -> str:
        said = _TITLE.search(self.info)
        words = [said.group(1)] if said else []
        words += [word.rpartition(":")[2] for word in self.info.split()]
        if self.lines and (comment := _COMMENT.fullmatch(self.lines[0][:200])):
            words.append(comment.group(1))
        for word in words:
            match = _NAME.fullmatch(word)
            if match and (name := _safe(match.group(1))):
                return name
        number = 1 + sum(name.startswith("code-") for name in taken)
        return f"code-{number}.{_EXTENSIONS.get(self.language, 'txt')}"


def label_of(info: str) -> str:
    """Return what stands above code: its title, or else all that was said about it."""
    titled = _TITLED.fullmatch(info)
    return titled[2] if titled else info


def more_lines(count: int, name: str | None) -> str:
    """Return the line below code that is cut off: how much is missing, and where it is."""
    if name is None:
        return say("more-lines-so-far", count=count)
    return say("more-lines-in", count=count, file=name.replace("_", r"\_"))


def _safe(name: str) -> str:
    stem, _, extension = _UNSAFE.sub("-", name).strip(".-").rpartition(".")
    if not stem:
        return extension[:_LONGEST_NAME]
    return f"{stem[: _LONGEST_NAME - 20]}.{extension[:12]}"


def _free(name: str, taken: frozenset[str]) -> str:
    stem, dot, extension = name.rpartition(".")
    others = {DOCUMENT_NAME, *(it.lower() for it in taken)}
    number, free = 2, name
    while free.lower() in others:
        free = f"{stem}-{number}{dot}{extension}" if dot else f"{name}-{number}"
        number += 1
    return free
