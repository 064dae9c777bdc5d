"""Searching all texts, and reviewing several drafts as one."""
