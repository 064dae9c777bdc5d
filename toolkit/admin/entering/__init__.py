"""How staff come in and go: accounts, the two steps of the log-in, sessions, and the list of what was done."""
