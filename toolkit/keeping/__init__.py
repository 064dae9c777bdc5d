"""Keeping the guide true: what is due, and which links are broken."""
