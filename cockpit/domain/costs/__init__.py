"""What functions and providers really cost: invoiced, and hidden."""
