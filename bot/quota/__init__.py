"""Who may use how much: limits, windows, grants, prices and access; pure."""
