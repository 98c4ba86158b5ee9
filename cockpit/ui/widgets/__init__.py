"""Parts that know nothing of the domain."""
