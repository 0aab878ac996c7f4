"""The settings of the whole office, in one file, read from the environment (docs/packages/site.md lists them)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from kantormaya.site.database import django_database


def _claims(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes"}


def _words(name: str, default: str = "") -> list[str]:
    return os.environ.get(name, default).replace(",", " ").split()


def _secret_key(data: Path) -> str:
    if given := os.environ.get("KANTOR_SECRET_KEY"):
        return given
    kept = data / "secret-key"
    if not kept.exists():
        data.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text().strip()


BASE_DIR = Path(__file__).resolve().parent.parent.parent
KANTOR_DATA = Path(os.environ.get("KANTOR_DATA") or BASE_DIR / ".kantor").resolve()
KANTOR_DEMO = _claims("KANTOR_DEMO")
KANTOR_SERVICES = Path(os.environ.get("KANTOR_SERVICES") or BASE_DIR / "services")
KANTOR_OFFICE_CODE = os.environ.get("KANTOR_OFFICE_CODE", "MUBA")
KANTOR_REGENCY = os.environ.get("KANTOR_REGENCY", "Kabupaten Musi Banyuasin")
KANTOR_URL = os.environ.get("KANTOR_URL", "http://localhost:8000").rstrip("/")
KANTOR_CHANNELS = {
    "email": f"kantormaya.outbox.channels.{'demo_mailbox' if KANTOR_DEMO else 'email'}",
    "oss": "kantormaya.handoff.reporting",
}
KANTOR_SECURE = KANTOR_URL.startswith("https://")
KANTOR_SIGNING = os.environ.get("KANTOR_SIGNING", "local")  # a folder of permits/providers
KANTOR_PAYMENTS = os.environ.get("KANTOR_PAYMENTS", "demo_bank")  # a folder of payments/providers
KANTOR_OSS = os.environ.get("KANTOR_OSS", "fake" if KANTOR_DEMO else "")  # a folder of handoff/providers
KANTOR_OSS_URL = os.environ.get("KANTOR_OSS_URL", f"{KANTOR_URL}/oss-contoh/laporan/")
KANTOR_OSS_SECRET = os.environ.get("KANTOR_OSS_SECRET", "")  # shared with the national system
KANTOR_VIDEO_URL = os.environ.get(  # {room} becomes the room of an appointment; the demo has an example room
    "KANTOR_VIDEO_URL", f"{KANTOR_URL}/ruang-contoh/{{room}}/" if KANTOR_DEMO else ""
)
# Whose X-Forwarded-For is believed: networks of our own proxies; behind one on this machine, that one.
KANTOR_PROXIES = _words("KANTOR_PROXIES", "127.0.0.1 ::1" if _claims("KANTOR_BEHIND_PROXY") else "")
KANTOR_DRAFT_DAYS = int(os.environ.get("KANTOR_DRAFT_DAYS", "60"))  # untouched so long, a draft is forgotten
KANTOR_CLAMD = os.environ.get(
    "KANTOR_CLAMD", ""
)  # host:port or socket path of a virus scanner; none by default

SECRET_KEY = _secret_key(KANTOR_DATA)
DEBUG = False
ALLOWED_HOSTS = _words("KANTOR_HOSTS", "localhost 127.0.0.1 [::1]")
CSRF_TRUSTED_ORIGINS = [KANTOR_URL] if KANTOR_SECURE else []
ROOT_URLCONF = "kantormaya.site.urls"
WSGI_APPLICATION = "kantormaya.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": django_database()}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "kantormaya.audit",
    "kantormaya.outbox",
    "kantormaya.people",
    "kantormaya.catalogue",
    "kantormaya.cases",
    "kantormaya.documents",
    "kantormaya.payments",
    "kantormaya.permits",
    "kantormaya.bookings",
    "kantormaya.messages.apps.ConversationConfig",
    "kantormaya.handoff",
    "kantormaya.surveys",
    "kantormaya.casework",
    "kantormaya.portal",
    "kantormaya.desk",
    "kantormaya.api",
]

# Citizens' pages carry no session and no user; the officials' stack runs only under these paths.
KANTOR_OFFICIAL_PATHS = ("/meja/", "/akun/")
MIDDLEWARE = [
    "kantormaya.site.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kantormaya.site.middleware.language_of_reader",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "kantormaya.site.middleware.not_too_often",
    "kantormaya.site.middleware.plain_words",
    "kantormaya.site.middleware.officials_only",
    "allauth.account.middleware.AccountMiddleware",  # here because allauth insists; it is light
]
# Its middleware stands in the officials' stack; an account is locked by its name alone, addresses are counted by our limits.
SILENCED_SYSTEM_CHECKS = ["axes.W002", "axes.W006"]
KANTOR_OFFICIAL_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "kantormaya" / "site" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["kantormaya.site.words", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "kantormaya.site.context.office",
            ],
        },
    }
]

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Indonesia"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "bahasa"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

STATIC_URL = "/static/"
STATIC_ROOT = KANTOR_DATA / "static"
STATICFILES_DIRS = [BASE_DIR / "kantormaya" / "site" / "static"]
MEDIA_ROOT = KANTOR_DATA / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kantormaya.site.statics.Statics"},
}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "kantormaya.people.signed_in.Officials",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
KANTOR_TRACK_URL = "/lacak/"
KANTOR_COLLECT_URL = "/akun-saya/"
LOGIN_URL = "/akun/masuk/"
LOGIN_REDIRECT_URL = "/meja/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "kantormaya.site.signing_in.OfficialsAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_NOTIFICATIONS = False
# What people/data/limits.toml and the lock of an account leave open: the second factor and the forgotten password.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key", "reset_password": "60/m/ip,3/h/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Kantor Maya"
MFA_ALLOW_UNVERIFIED_EMAIL = True
AXES_USERNAME_CALLABLE = "kantormaya.site.signing_in.name_typed"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = ["username"]  # how often from one address: people/data/limits.toml
AXES_CLIENT_IP_CALLABLE = "kantormaya.people.limits.client_ip"
AXES_LOCKOUT_CALLABLE = "kantormaya.site.signing_in.locked"
AXES_RESET_ON_SUCCESS = True

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = KANTOR_SECURE
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = KANTOR_SECURE and not _claims("KANTOR_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _claims("KANTOR_BEHIND_PROXY") else None
SECURE_HSTS_SECONDS = 31536000 if KANTOR_SECURE else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024  # a file goes to the disk as it comes: no worker holds it whole

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("KANTOR_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("KANTOR_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("KANTOR_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("KANTOR_MAIL_PASSWORD", "")
EMAIL_USE_TLS = _claims("KANTOR_MAIL_TLS")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("KANTOR_MAIL_FROM", "kantor@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("KANTOR_LOG", "WARNING")},
}
