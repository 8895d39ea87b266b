"""Conversations as files: values, the two forms, and how they are packed; pure."""
