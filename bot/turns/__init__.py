"""The rooms that a turn passes through, from the question's place in the queue to the bill."""
