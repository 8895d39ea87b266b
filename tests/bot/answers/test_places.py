"""Places: an answer whose message is deleted is forgotten, whichever news comes first."""

from bot.answers.places import DELETED_OF_LATE, Places


def test_the_answer_of_a_deleted_message_is_found() -> None:
    """Each of an answer's messages leads to it, and no other message does."""
    places = Places()
    with places.of(1), places.of(2):
        places.put(1, (10, 11))
        places.put(2, (20,))
        assert [places.delete(it) for it in (11, 20, 30)] == [[1], [2], []]


def test_a_message_may_be_deleted_before_it_is_known() -> None:
    """Discord may tell of a deletion before it answers the request that posted the message."""
    places = Places()
    with places.of(1):
        assert places.delete(10) == []
        assert places.put(1, (10,))
        assert not places.put(1, (11,))


def test_old_deletions_are_forgotten() -> None:
    """Only so many deletions of late are kept in mind."""
    places = Places()
    for message_id in range(DELETED_OF_LATE + 1):
        places.delete(message_id)
    assert not places.put(1, (0,))
    assert places.put(1, (1,))


def test_only_what_is_shown_can_be_forgotten() -> None:
    """Once an answer is stored, the history forgets it, and nothing is kept here."""
    places = Places()
    places.forget(1)
    assert not places.is_forgotten(1)
    with places.of(1):
        places.forget(1)
        assert places.is_forgotten(1)
    places.put(1, (10,))
    assert not places.is_forgotten(1)
    assert places.delete(10) == []
