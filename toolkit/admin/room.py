"""What a room of the staff is: its address below the staff's, its view, its name, and who may enter (None: all)."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponseBase

View = Callable[..., HttpResponseBase]
Room = tuple[str, View, str, Callable[[Any], bool] | None]
