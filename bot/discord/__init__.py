"""What stands between discord.py and the core: the client, and what cogs have in common."""
