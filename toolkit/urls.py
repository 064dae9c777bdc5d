from django.conf import settings
from django.contrib import admin
from django.urls import include, path

handler404 = "survivors.reading.pages.not_found"
handler500 = "toolkit.admin.entering.away.server_error"
handler400 = "survivors.reading.pages.bad_request"
handler403 = "survivors.reading.pages.forbidden"

urlpatterns = [
    path(f"{settings.ADMIN_PATH}/preview/", include("survivors.preview_urls")),
    path(f"{settings.ADMIN_PATH}/", admin.site.urls),
    path("", include("survivors.urls")),
]
