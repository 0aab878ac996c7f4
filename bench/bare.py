"""A Django with nothing of the office in it: the memory that the framework itself takes (`bench.workloads.memory`)."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from kantormaya.site.database import django_database

settings.configure(
    SECRET_KEY="bench", ALLOWED_HOSTS=["*"], ROOT_URLCONF="bench.bare_urls", INSTALLED_APPS=["bench"],
    DATABASES={"default": django_database()}, USE_TZ=True,
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "DIRS": [Path(__file__).parent / "templates"],
        }
    ],
)  # fmt: skip
application = get_wsgi_application()
