"""Tests on real databases: SQLite files and a PostgreSQL of their own."""
