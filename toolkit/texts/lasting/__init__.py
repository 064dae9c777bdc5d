"""What keeps a link to the guide working: short links, and pages and places that are no more where they were."""
