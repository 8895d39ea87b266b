"""Keeps conversations and the ledger in SQLite or PostgreSQL."""
