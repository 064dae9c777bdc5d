"""Writing a text, looking at it as readers will get it, and its review."""
