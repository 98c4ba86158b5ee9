"""What goes out: messages to the channels that people already read."""
