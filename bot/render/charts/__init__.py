"""What charts say, as values; `bot.render.drawing` draws them."""
