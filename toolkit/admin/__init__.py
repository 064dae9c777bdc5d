"""The staff's rooms: where the people of the NGO edit, translate, check and publish the guide."""
