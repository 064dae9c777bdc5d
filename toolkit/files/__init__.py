"""Between the folder of content and the site: taking over, giving back, and what differs in both."""
