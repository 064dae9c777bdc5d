"""The words of buttons, menus and notices: found by what stands there, written in four languages."""
