"""What waits for a yes: who may say it, of what, and what an answer from outside says."""
