"""Tests of answers as values."""
