"""The addresses of this door."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import require_GET

from kantormaya.api import acting, desks, drafts, endpoints, holding, offers
from kantormaya.api.door import described, door, whole
from kantormaya.people.guards import public

for _router in (offers.router, drafts.router, holding.router, acting.router, desks.router):
    door.add_router("", _router)


@public
@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """The interface, described for programs."""
    return JsonResponse(described())


def operations() -> Iterator[URLPattern]:
    """Every address of the interface; all its operations declare one guard, and so does the address."""
    for bound in door._get_bound_routers():
        for where, view in bound.path_operations.items():
            guards = {str(getattr(one.view_func, "guard", "")) for one in view.operations}
            # an address whose operations disagree has no lock, and a test finds it
            guard = guards.pop() if len(guards) == 1 else ""
            address = f"v1{where}".replace("{", "<").replace("}", ">")
            yield path(
                address, whole(view.get_view(), guard), name=f"api_{where.strip('/').replace('/', '_')}"
            )


urlpatterns: list[URLPattern | URLResolver] = [
    path("pembayaran/<slug:provider>/", endpoints.payment, name="payment_callback"),
    path("oss/permohonan/", endpoints.application, name="national_application"),
    path("openapi.json", openapi, name="openapi"),
    *operations(),
]
