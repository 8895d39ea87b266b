"""Pictures of formulas and tables."""
