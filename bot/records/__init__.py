"""What is read out of the storage for people, as values; pure."""
