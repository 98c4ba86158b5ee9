"""Documents: what is composed from the records, written as Markdown, as a page that prints, and as tables."""
