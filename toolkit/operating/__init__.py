"""Running the site: what state its database is in, bringing it up to its files, backups, and what is wrong today."""
