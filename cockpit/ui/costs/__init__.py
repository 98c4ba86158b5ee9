"""Costs on the screen."""
