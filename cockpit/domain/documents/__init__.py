"""What leaves the house as a document: its chapters, what stands in them, what they still lack."""
