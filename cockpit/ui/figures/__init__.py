"""The scorecard and the goals of the quarter on the screen."""
