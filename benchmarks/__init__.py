"""Measures what Threadlight claims about its speed."""
