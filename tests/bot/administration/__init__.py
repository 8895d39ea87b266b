"""The desks of those who manage a server."""
