"""Absences, what the company did meanwhile, and how the next one is prepared."""
