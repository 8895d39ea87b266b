"""Formulas: found in a text, read, and written in a line."""
