"""One file per pane of the cockpit."""
