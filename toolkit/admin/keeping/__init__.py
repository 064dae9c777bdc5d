"""What is due to be compared with its sources, and which links are broken."""
