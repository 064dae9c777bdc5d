"""``buttons.toml``: words of buttons, menus and notices that are others than the program's own."""
