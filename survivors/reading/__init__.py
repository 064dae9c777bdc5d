"""The pages of the guide as a survivor gets them."""
