"""Cockpit: the daily steering post of a chief executive, in the terminal."""

__version__ = "0.1.0"
