"""The consolidated report of a month: time, finances, risks, figures, decisions, and what was received."""
