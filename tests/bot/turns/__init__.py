"""Tests of the rooms that a turn passes through."""
