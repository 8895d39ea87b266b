"""Tests of limits, windows, grants, prices and access."""
