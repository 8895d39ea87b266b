"""Tests of what was used, and of what a limit would have stopped."""
