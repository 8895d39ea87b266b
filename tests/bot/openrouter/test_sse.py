"""Events out of bytes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.openrouter.sse import Comment, Event, EventDecoder, EventTooLong


def decoded(*reads: bytes) -> list[Event]:
    """Return everything a decoder makes of these reads."""
    decoder = EventDecoder()
    events = [event for read in reads for event in decoder.decode(read)]
    return events + decoder.flush()


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_lines_end_at_cr_lf_or_crlf(end: bytes) -> None:
    """Any of the three line ends separates lines, and nothing else does."""
    stream = end.join([b": hello", b"data: one", b"", "data: a\u2028b\x0bc\x85".encode(), b"", b""])
    assert decoded(stream) == [Comment(b"hello"), b"one", "a\u2028b\x0bc\x85".encode()]


def test_data_of_several_lines_is_joined() -> None:
    """Several data lines of one event are joined by line feeds."""
    assert decoded(b"data: a\ndata:b\ndata\ndata:  c\n\n") == [b"a\nb\n\n c"]


def test_other_fields_are_ignored() -> None:
    """Names, ids, retry times and unknown fields bring no event."""
    assert decoded(b"event: x\nid: 1\nretry: 3\nfoo\ndatax: 1\n\n\n\ndata: y\n\n") == [b"y"]


def test_a_byte_order_mark_is_dropped_only_at_the_start() -> None:
    """The first bytes may be a byte order mark; later ones are data."""
    assert decoded(b"\xef", b"\xbb", b"\xbfdata: \xef\xbb\xbf\n\n") == [b"\xef\xbb\xbf"]


def test_the_last_event_needs_no_empty_line() -> None:
    """What stands at the end of the stream counts."""
    assert decoded(b"data: [DONE]") == [b"[DONE]"]
    assert decoded(b"data: [DONE]\n") == [b"[DONE]"]


@pytest.mark.parametrize("read", [b"x" * 100, b"data: " + b"x" * 94 + b"\n"])
def test_an_event_without_an_end_is_refused(read: bytes) -> None:
    """A line, or an event of many lines, that never ends does not fill the memory."""
    decoder = EventDecoder(longest=1000)
    for _ in range(11):
        decoder.decode(read)
    with pytest.raises(EventTooLong):
        decoder.decode(read)


PIECES = st.lists(
    st.sampled_from(
        (
            *(b"data: ", b"data:", b"\n", b"\r", b"\r\n", b"\n\n", b": c", b"a", b" ", b"{}"),
            *(b"\xef\xbb\xbf", b"[DONE]", "\u2028".encode(), "ü€😀".encode(), b"id: 1"),
        )
    ),
    max_size=40,
).map(b"".join)


@given(stream=PIECES, cuts=st.lists(st.integers(0, 200), max_size=30))
def test_any_split_gives_the_same_events(stream: bytes, cuts: list[int]) -> None:
    """However the network cuts the bytes, the events are the same."""
    places = sorted({0, len(stream), *(cut % (len(stream) + 1) for cut in cuts)})
    reads = [stream[a:b] for a, b in pairwise(places)]
    assert decoded(*reads) == decoded(stream)
    assert decoded(*(bytes([byte]) for byte in stream)) == decoded(stream)
