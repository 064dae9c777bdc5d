"""The facts of a page: typed records, their fields, and the file that they stand in."""
