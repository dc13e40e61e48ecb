"""What the store holds: surveys as a whole, single responses, comments."""
