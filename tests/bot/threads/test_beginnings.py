"""What a thread begins with fits beside the questions to come, and what does not is named."""

from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Attached
from bot.threads.beginnings import TOO_LONG, fitting

FILES = st.lists(
    st.builds(
        Attached,
        st.sampled_from(["a.txt", "b.txt", "c.png"]),
        st.one_of(st.none(), st.just("words")),
        st.just(""),
        st.integers(0, 50),
    ),
    max_size=10,
)


@given(FILES, st.integers(-20, 120))
def test_as_many_files_as_fit(files: list[Attached], room: int) -> None:
    """Files keep their text in order as long as there is room; none is lost without a reason."""
    files = [it if it.text is not None else Attached(it.filename, None, "not read") for it in files]
    kept = fitting(files, room)
    assert [it.filename for it in kept] == [it.filename for it in files]
    assert sum(it.tokens for it in kept) <= max(room, 0)
    for place, (before, after) in enumerate(zip(files, kept, strict=True)):
        if before == after:
            continue
        assert (after.text, after.tokens, after.problem) == (None, 0, TOO_LONG)
        used = sum(it.tokens for it in kept[:place])
        assert before.tokens > room - used
