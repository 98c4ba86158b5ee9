"""What comes in: HTTP, agendas, provider status."""
