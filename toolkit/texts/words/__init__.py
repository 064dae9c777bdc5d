"""The words of a page in one language: their form, their Markdown, and what they must not say."""
