"""The door for the web server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from kantormaya.site.whole import whole

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kantormaya.site.settings")
application = whole(get_wsgi_application())
