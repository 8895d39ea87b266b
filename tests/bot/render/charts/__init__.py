"""Tests of what charts say, and of how they look."""
