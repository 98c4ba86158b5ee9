"""What is kept of what comes in and goes out: agendas, status pages, files of the inbox, messages. Not journaled."""
