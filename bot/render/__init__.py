"""Puts answers and errors on the screen: pages, pacing, live messages, words."""
