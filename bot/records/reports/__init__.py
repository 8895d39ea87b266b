"""What was used, by whom and when, and what a limit would have stopped; pure."""
