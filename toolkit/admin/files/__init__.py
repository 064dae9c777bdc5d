"""Where files and site differ: the room of it, and the decision of a person."""
