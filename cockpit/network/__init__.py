"""What sources and sharing both need to speak safely to the outside: whom may be reached, and why it failed."""
