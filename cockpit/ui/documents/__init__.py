"""The place of the documents that leave the house."""
