"""The REST API, version 10, as a bot uses it."""
