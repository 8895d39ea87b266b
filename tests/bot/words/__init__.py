"""Tests of the bot's words: all of them, in every language."""
