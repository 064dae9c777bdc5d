"""Find help, a report route or a law: what is asked, what fits, and the pages that show it."""
