"""The sandbox's page in a browser, as a visitor uses it."""
