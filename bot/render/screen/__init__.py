"""An answer on the screen, while it grows and when it has ended."""
