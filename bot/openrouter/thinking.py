"""Thinking that leaked into the content, told apart from the answer; no I/O."""

from bot.streaming import Delta

OPEN, CLOSE = "<think>", "</think>"
LONGEST_LEAK = 20_000
"""Characters within which a lone closing tag shows that all before it was thinking."""
LONGEST_TAIL = 200
"""Characters within which a closing tag is a stray one where thinking came by its own way."""
NOTHING = Delta()


class ThinkFilter:
    """Sorts content into thinking and text, however its tags were cut.

    Tags count only where models leak them. What follows `<think>` at the very start is thinking up
    to `</think>`. A lone `</think>`, not far from the start and outside code, shows that all before
    it was thinking, unless thinking came by its own way: then the tag alone is dropped. Any other
    tag is the answer's own, which may well be about these tags.
    """

    def __init__(self) -> None:
        self._sort = self._at_start
        self._held = ""
        self._head: list[str] = []
        self._head_size = 0
        self._thought = False

    def thought(self) -> None:
        """Note that thinking came by its own way: what stands in the content is the answer."""
        self._thought = True

    def feed(self, content: str) -> Delta:
        """Take some content; return what of it is sure."""
        if self._held:
            content, self._held = self._held + content, ""
        return self._sort(content)

    def flush(self) -> Delta:
        """Return what was held back for a tag that never came."""
        held, self._held = self._held, ""
        if self._sort == self._in_thinking:
            return Delta(thinking=held)
        return Delta(text=held) if held.strip() else NOTHING

    def _at_start(self, content: str) -> Delta:
        """Wait for the first word, which may be a tag."""
        begun = content.lstrip()
        if begun.startswith(OPEN):
            self._sort = self._in_thinking
            return self._in_thinking(begun[len(OPEN) :])
        if OPEN.startswith(begun) or (begun != CLOSE and CLOSE.startswith(begun)):
            self._held = content
            return NOTHING
        # Empty lines before the answer mean nothing; what indents its first line does.
        indent = content[: len(content) - len(begun)].rpartition("\n")[2]
        self._sort = self._in_head
        return self._in_head(indent + begun)

    def _in_thinking(self, content: str) -> Delta:
        """Let thinking pass, up to its end."""
        thinking, tag, rest = content.partition(CLOSE)
        if not tag:
            thinking, self._held = without_begun_tag(content)
            return Delta(thinking=thinking) if thinking else NOTHING
        return self._start_again(thinking, rest)

    def _in_head(self, content: str) -> Delta:
        """Let the answer pass, and look out for a closing tag."""
        at = content.find(CLOSE)
        while at >= 0:
            before = "".join(self._head) + content[:at]
            if self._leaked(before):
                return self._closed(before, content[:at], content[at + len(CLOSE) :])
            at = content.find(CLOSE, at + len(CLOSE))
        sure, self._held = without_begun_tag(content)
        if not sure:
            return NOTHING
        self._head.append(sure)
        self._head_size += len(sure)
        if self._head_size > LONGEST_LEAK:
            self._sort = as_text
            self._head.clear()
            sure, self._held = sure + self._held, ""
        return Delta(sure)

    def _leaked(self, before: str) -> bool:
        """Tell whether a closing tag after this much of the answer is a leak."""
        if len(before) > (LONGEST_TAIL if self._thought else LONGEST_LEAK):
            return False
        return before.rfind(OPEN) <= before.rfind(CLOSE) and not in_code(before)

    def _closed(self, before: str, new: str, rest: str) -> Delta:
        """Act on a leaked closing tag; `new` is the part of `before` that was not passed on yet."""
        if not self._thought:
            return self._start_again(new, rest, recast=bool(self._head))
        if not before.strip():
            return self._start_again("", rest)
        self._head.append(new)
        self._head_size += len(new)
        return Delta(new + self._in_head(rest).text)

    def _start_again(self, thinking: str, rest: str, *, recast: bool = False) -> Delta:
        """Go on after thinking as if the answer began here."""
        self._thought = True
        self._head.clear()
        self._head_size = 0
        self._sort = self._at_start
        after = self._at_start(rest)
        return Delta(after.text, thinking + after.thinking, recast)


def as_text(content: str) -> Delta:
    """Let an answer pass that has long begun."""
    return Delta(content)


def without_begun_tag(content: str) -> tuple[str, str]:
    """Cut off what at the content's end may be the beginning of a closing tag."""
    at = content.rfind("<")
    if at >= 0 and CLOSE.startswith(content[at:]):
        return content[:at], content[at:]
    return content, ""


def in_code(text: str) -> bool:
    """Tell whether what follows this text stands in a code block or in inline code."""
    lines = text.split("\n")
    fences = sum(line.lstrip().startswith(("```", "~~~")) for line in lines)
    return fences % 2 == 1 or lines[-1].count("`") % 2 == 1
