"""What the model reads: which turns fit, personas, and tokens; pure."""
