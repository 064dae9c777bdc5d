"""Texts, fields, faults and differences in the words of the screens."""
