"""What partners without an account send in: files in a shared folder, mails in a mailbox."""
