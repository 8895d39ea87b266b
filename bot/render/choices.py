"""Words for what servers and channels chose."""

from collections.abc import Sequence

from bot.choices import WHOLE_SERVER, Chosen, Decided, Name

_TOKENS = frozenset({Name.MAX_OUTPUT, Name.CONTEXT})

_MEANING = {
    Name.TEMPERATURE: "how freely the model chooses its words",
    Name.TOP_P: "how many of the likeliest words it chooses from",
    Name.MAX_OUTPUT: "an answer's limit, thinking included",
    Name.CONTEXT: "what a prompt may hold, past and files included",
    Name.THINKING: "how long and how much the model thinks, while it does",
    Name.FOOTER: "the line with seconds, tokens, cost and what is left",
    Name.MENTION_ONLY: "answer in my threads only where I am mentioned or replied to",
}


def decided_lines(decided: Sequence[Decided], channel_id: int) -> list[str]:
    """Return a line for each setting that holds in a channel: its value, and who decided it."""
    lines = [f"**Settings in <#{channel_id}>**"]
    for it in decided:
        whose = place_words(it.channel_id, channel_id)
        value = value_words(it.name, it.value)
        lines.append(f"- {it.name}: **{value}** ({whose}): {_MEANING[it.name]}")
    return lines


def chosen_lines(chosen: Sequence[Chosen], where: str) -> list[str]:
    """Return what was set, and for which place."""
    values = [f"{it.name} **{value_words(it.name, it.value)}**" for it in chosen]
    return [f"Set for {where}: {', '.join(values)}"]


def gone_lines(names: Sequence[Name], where: str) -> list[str]:
    """Return what was reset, and for which place."""
    if not names:
        return [f"Nothing of this was set for {where}."]
    return [f"Reset for {where}: {', '.join(names)}"]


def place_words(channel_id: int | None, here: int) -> str:
    """Return who decided a value that holds in a channel."""
    if channel_id is None:
        return "as at first"
    if channel_id == WHOLE_SERVER:
        return "this server"
    return "set here" if channel_id == here else f"<#{channel_id}>"


def value_words(name: Name, value: str) -> str:
    """Return a value with its unit."""
    return f"{int(value):,} tokens" if name in _TOKENS else value
