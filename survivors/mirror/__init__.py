"""The whole guide as static files, for a host without this program: a memory stick, any folder of any web server."""
