"""The page on which a visitor uses the sandbox as in Discord: HTML, CSS and modules, as served."""
