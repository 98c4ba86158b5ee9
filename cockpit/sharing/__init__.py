"""What goes out: text of briefs and lists."""
