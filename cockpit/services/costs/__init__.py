"""What functions and providers cost, with all that no invoice says."""
