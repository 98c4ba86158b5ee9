"""The administration manual: how each function works, for whoever takes over."""
