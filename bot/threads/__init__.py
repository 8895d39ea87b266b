"""Threads as conversations: how they begin, branch, are named and end."""
