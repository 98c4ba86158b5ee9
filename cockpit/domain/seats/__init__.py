"""Who sits at the cockpit: a person, their role, the level they may read, and what they may do."""
