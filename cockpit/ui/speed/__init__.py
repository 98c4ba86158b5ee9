"""What makes the screen quick: fewer bytes to the terminal, style sheets parsed once, keys warmed up."""
