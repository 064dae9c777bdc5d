"""What lets her leave without a trace: the exit inlined in every page, and the headers it goes with."""
