"""The browser's door: a process of the screen for each visitor, shown in a page.

Who comes in is said by a reverse proxy that signed them in, or by a key that this machine alone was told.
"""
