"""What colleagues say of texts to each other, and what happened to them."""
