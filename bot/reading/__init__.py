"""Turns attachments into text."""
