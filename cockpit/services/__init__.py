"""The jobs that a screen and a command both call."""
