"""The tables of the twins: three to insert into and one to read; made by `bench.filling`, never by a migration."""

from __future__ import annotations

from django.db import models


class Row(models.Model):
    """What a twin reads or writes: a few columns of the size a case has."""

    number = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)
    data = models.JSONField(default=dict)

    class Meta:
        abstract = True
        app_label = "bench"


class First(Row):
    """Where B3 puts its first row."""

    class Meta(Row.Meta):
        managed = False
        db_table = "bench_first"


class Second(Row):
    """Where B3 puts its second row."""

    class Meta(Row.Meta):
        managed = False
        db_table = "bench_second"


class Third(Row):
    """Where B3 puts its third row."""

    class Meta(Row.Meta):
        managed = False
        db_table = "bench_third"
