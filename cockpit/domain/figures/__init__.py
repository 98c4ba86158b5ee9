"""The scorecard: periods, targets and goals of quarters."""
