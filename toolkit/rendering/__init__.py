"""Markdown -> safe HTML, and records -> cards and words. The same code serves readers, previews and the mirror."""
