"""What other sites and programs read of the guide: data, feeds, and the files that crawlers look for."""
