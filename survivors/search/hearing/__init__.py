"""One key for what sounds the same, whatever script or spelling it is typed in."""
