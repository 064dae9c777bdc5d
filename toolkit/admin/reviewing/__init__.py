"""Readers from outside: asking them, their own pages, and what comes back."""
