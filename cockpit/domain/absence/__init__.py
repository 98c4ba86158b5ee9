"""Absences: what they are read from, and what they prove."""
