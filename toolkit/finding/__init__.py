"""Finding words in every text that there is or was, and changing them in many texts at once."""
