"""One file per place or job."""
