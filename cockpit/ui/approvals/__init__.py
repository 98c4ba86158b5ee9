"""What waits for a yes, on the screen."""
