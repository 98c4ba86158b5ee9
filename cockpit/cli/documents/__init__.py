"""Commands that write what leaves the house."""
