"""A Discord on loopback: REST v10, gateway v10, and people who use it."""
