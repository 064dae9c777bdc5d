"""The readers' process: finished answers straight from the edition, forms through a small pool of their own."""
