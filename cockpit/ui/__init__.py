"""The screen's door, the only package that imports Textual."""
