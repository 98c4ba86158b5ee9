"""What waits for a yes: submitted, answered, passed on, asked outside, and shown."""
