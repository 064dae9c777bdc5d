"""What a native reader or a lawyer is given to read on paper or offline, and where it stands in the guide."""
