"""Real processes that are killed, frozen, filled and corrupted, and readers who must not notice."""
