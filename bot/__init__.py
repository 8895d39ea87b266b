"""Threadlight: conversations with MiniMax-M1 in Discord, within quotas that hold."""
