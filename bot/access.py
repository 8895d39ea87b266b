"""Who may use the bot, and where; pure."""
