"""The absence test on the screen."""
