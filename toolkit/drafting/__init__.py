"""Texts that readers do not see yet."""
