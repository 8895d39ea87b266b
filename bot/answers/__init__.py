"""Answers as values: while they grow, how they end, and which of them is shown; pure."""
