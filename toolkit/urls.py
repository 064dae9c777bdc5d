from django.conf import settings
from django.contrib import admin
from django.urls import include, path

handler404 = "toolkit.admin.entering.away.not_found"
handler500 = "toolkit.admin.entering.away.server_error"
handler400 = "toolkit.admin.entering.away.bad_request"
handler403 = "toolkit.admin.entering.away.forbidden"

urlpatterns = [
    path(f"{settings.ADMIN_PATH}/preview/", include("survivors.preview_urls")),
    path(f"{settings.ADMIN_PATH}/", admin.site.urls),
    path("", include("survivors.urls")),
]
