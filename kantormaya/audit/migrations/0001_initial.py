from django.db import migrations, models



class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(max_length=150)),
                ('agency_id', models.BigIntegerField(null=True)),
                ('case_id', models.BigIntegerField(null=True)),
                ('act', models.CharField(max_length=80)),
                ('detail', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('case_id__isnull', False)), fields=['case_id', 'at'], name='audit_case')],
            },
        ),
        # the program adds and reads audit lines, nothing else
        migrations.RunSQL("REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM kantor_app", migrations.RunSQL.noop),
    ]
