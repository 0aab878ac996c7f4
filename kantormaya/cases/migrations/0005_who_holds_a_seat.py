import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Cases from before keep their count in their state only.
FOLD = "UPDATE cases_case SET late_returns = (state->>'late_returns')::int WHERE (state->>'late_returns')::int > 0"


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('cases', '0004_mailed_links'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='late_returns',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='party',
            name='given_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='party',
            name='held_since',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='party',
            name='holder',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='party',
            name='note',
            field=models.TextField(blank=True, default=''),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('late_returns__gt', 0)), fields=['agency', 'submitted_at'], name='case_again'),
        ),
        migrations.RunSQL(FOLD, migrations.RunSQL.noop),
    ]
