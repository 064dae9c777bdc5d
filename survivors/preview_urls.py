"""Below the staff's address, so that it names no topic; open to whoever has the link."""

from django.urls import path

from survivors import preview, urls  # noqa: F401 (urls registers the language in addresses)

urlpatterns = [
    path("<str:token>/<language:language>/", preview.preview, name="preview"),
    path("<str:token>/<language:language>/plan/", preview.plan_preview, name="preview_plan"),
    path("<str:token>/<language:language>/<str:scheme>/", preview.preview, name="preview"),
]
