"""What the program keeps for itself between two runs: drafts, half-done forms, what was seen. Not journaled."""
