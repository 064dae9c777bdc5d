"""What partners take with them: short links, QR codes, sheets to hang up, and the whole guide on paper."""
