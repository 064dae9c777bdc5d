"""Another address for a page: asked for, reviewed, and the links that still lead to the old one."""
