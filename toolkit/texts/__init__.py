"""The texts that the toolkit is made of, as pure functions: no Django, no database.

A page is a folder of five texts; a unit is one of them: (page, part), part in ``facts, en, ms, ta, zh-hans``.
The format is described in docs/content.md.
"""
