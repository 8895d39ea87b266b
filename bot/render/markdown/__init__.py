"""Markdown as pages that Discord can show."""
