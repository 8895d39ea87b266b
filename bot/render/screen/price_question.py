"""The message that asks for a yes to a price, and what stands there instead afterwards."""

from bot.quota.pricing import Proposed
from bot.render.markdown.parts import Words
from bot.render.screen.layouts import Layout, Press
from bot.words import say


def price_question(words: str, proposed: Proposed, head: str = "") -> Layout:
    """Return the question with its buttons; Trim can be pressed where it would change anything."""
    of = proposed.proposal_id
    buttons = (
        Press(say("button-send"), f"price:send:{of}"),
        Press(say("button-trim"), f"price:trim:{of}", disabled=proposed.offer.trimming is None),
        Press(say("button-cancel"), f"price:cancel:{of}"),
    )
    return Layout((Words(words),), buttons=buttons, head=head)


def sentence(words: str) -> Layout:
    """Return a message that is nothing but a sentence of ours."""
    return Layout((Words(words),))
