"""What a conversation remembers, as people change it, read it, take it away or erase it."""
