"""Search: what she types, in any script and spelling, leads to the pages that answer it."""
