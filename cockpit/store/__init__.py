"""What is remembered: SQLite, migrations, the journal."""
