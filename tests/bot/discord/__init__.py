"""Tests of what stands between discord.py and the core."""
