"""The rules: frozen dataclasses and functions. No clock, no file, no network, no screen."""
