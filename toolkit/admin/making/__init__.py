"""What is new, and what comes on a day: pages that staff make, and drafts that go live by themselves."""
