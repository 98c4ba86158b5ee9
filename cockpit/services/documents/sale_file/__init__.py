"""The sale file: what a buyer reads of the company, in three phases, with what is still missing first."""
