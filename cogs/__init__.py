"""Slash commands, menus, messages and buttons: thin, each handing its work to the core."""
