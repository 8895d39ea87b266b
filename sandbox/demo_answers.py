"""What is said in the demo's scene: the questions, and the answers where no model is behind."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sandbox.openrouter import scripts
from sandbox.openrouter.replies import Reply

DUPLICATES = "How do I find the duplicate lines in a huge file?"
TRIP = "Plan a Saturday at the coast for Ben and me. I can't leave before 10."
TRIP_TITLE = "A Saturday at the coast"
WISHES = "Boats make me seasick, and I don't eat fish. Sorry!"
RECALL = "Who asked for what again? And then the final plan, please."
LIGHTHOUSES = "tell us everything about lighthouses"
CAT = "What shall we call the lighthouse cat?"

QUICK, STEADY = 65.0, 22.0
"""Tokens a second: where Discord lets an answer be edited often, and in a thread, where not."""

_DUPLICATES = Reply(
    tokens_per_second=QUICK,
    thinking="""\
"Huge" means that the file may well be larger than memory, so reading it whole is out. What are \
the choices? Sorting brings equal lines together, and the sort command spills to disk by itself, \
but the order is lost and it takes its time. A set of the lines keeps the order and needs one \
pass, yet it grows with the file: as much memory as there are different lines. A set of their \
hashes grows as well, but only by a fixed size a line. Is a collision a danger? With 16 bytes a \
hash and ten million lines the chance is far below that of a broken disk. Python's own hash() \
would not do, it has 8 bytes and differs between runs. blake2b takes a digest_size and is fast. \
How much memory then? A bytes object of 16 takes about 49 bytes, and the set some 40 more an \
entry: roughly a gigabyte for ten million. I should say that, and name sort and uniq for the rest.\
""",
    text="""\
Remember a **short hash** of each line instead of the line itself: one pass, and the order stays.

```python
import hashlib, sys

seen = set()
for number, line in enumerate(sys.stdin.buffer, 1):
    digest = hashlib.blake2b(line, digest_size=16).digest()
    if digest in seen:
        print(number, line.decode(errors="replace"), end="")
    seen.add(digest)
```

- Ten million different lines take about *1 GB* of memory.
- For more than that, let the disk do the work: `sort huge.txt | uniq -d`""",
)

_TRIP = Reply(
    tokens_per_second=STEADY,
    thinking="A day for two. Ada can't leave before ten, so a train shortly after that.",
    text="""\
### Your Saturday
1. **10:20** the train to Westhaven: late enough for you, Ada
2. **12:00** lunch at the fish market, by the harbour wall
3. **14:00** the boat to the lighthouse, an hour each way
4. **18:10** the train home, with the sun behind you""",
)

_WISHES = Reply(
    tokens_per_second=STEADY,
    thinking="Ben gets seasick and eats no fish: two of the four have to change.",
    text="""\
No need to be sorry, Ben. Two things change:
- ~~Fish market~~ → the **bakery** on Quay Street, which does a fine leek pie
- ~~Boat~~ → the **cliff path** to the lighthouse: forty minutes, all of it on dry land""",
)

_LIGHTHOUSES = Reply(
    tokens_per_second=STEADY + 15,
    thinking="Everything is a lot. I begin at the beginning, with fires on hills.",
    text="""\
## Lighthouses, from the beginning
Before there were towers, there were **fires on hills**. They had to be high, to be seen from \
afar, and they had to be fed all night, which is how the first keepers came to be.

The tower of *Pharos*, off Alexandria, was built about 280 BC. It stood for some sixteen \
centuries, a hundred metres high or a little more, and gave its name to lighthouses in half of \
the languages around the Mediterranean.

### How the light got stronger
1. Open fires of wood, then of coal, which smoked up the glass as soon as there was glass
2. Oil lamps with a hollow wick, whose flame drew air from inside as well
3. Lenses cut into rings, which sent nearly all of the light towards the horizon
4. Arc lamps, and at last bulbs no larger than a thumb

### How sailors tell them apart
By day, by their stripes. By night, by their rhythm: each light has its own, and charts write it \
down, such as *Fl(3) 20s*: three flashes every twenty seconds.""",
)

_CAT = Reply(
    tokens_per_second=QUICK,
    thinking="A cat that lives in a lighthouse. Something about light, or watching the sea.",
    text="""\
**Fresnel**, after the man who made the lenses: bright, and hard to pronounce when called.

If she turns out to be the quiet kind: *Wick*.""",
)

_FINAL_PLAN = """
> **10:20** train · **12:00** bakery · **14:00** cliff path · **18:10** train home"""


def answer(messages: Sequence[Mapping[str, Any]], *, haste: float = 1.0) -> Reply:
    """Return the scene's answer, so much faster, or else one of the usual scripts."""
    reply = _written(messages)
    if reply is None:
        return scripts.answer(messages)
    return replace(reply, tokens_per_second=(reply.tokens_per_second or QUICK) * haste)


def _written(messages: Sequence[Mapping[str, Any]]) -> Reply | None:
    said = [scripts.read(message) for message in messages]
    asked = said[-1].words.strip() if said else ""
    if asked == RECALL:
        return _recalled(said[:-1])
    written = {
        DUPLICATES: _DUPLICATES,
        TRIP: _TRIP,
        WISHES: _WISHES,
        LIGHTHOUSES: _LIGHTHOUSES,
        CAT: _CAT,
    }
    return written.get(asked)


def _recalled(earlier: Sequence[scripts.Said]) -> Reply:
    """Return who said what, read off the prompt: what was not sent can't be recalled."""
    lines = [
        f"- **{(one.name or 'somebody').partition(' (')[0]}**: “{scripts.quoted(one.words)}”"
        for one in earlier
        if one.role == "user"
    ]
    return Reply(
        tokens_per_second=STEADY,
        thinking="The names stand before what each of them said. I quote them and then sum up.",
        text="\n".join([*lines, _FINAL_PLAN]),
    )
