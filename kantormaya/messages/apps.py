"""The name of this app in the database: `messages` is taken by Django's own."""

from __future__ import annotations

from django.apps import AppConfig


class ConversationConfig(AppConfig):
    """The conversation on a case."""

    name = "kantormaya.messages"
    label = "conversation"
