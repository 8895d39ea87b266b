"""The commands once more, against simcord: an independent simulation of Discord's rules."""
