"""Place 6: the documents that leave the house."""
