"""Seats: who has one and what it is worth, and how somebody comes in by ssh."""
