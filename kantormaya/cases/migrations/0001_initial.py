import django.db.models.deletion
from django.db import migrations, models

from kantormaya.people.walls import CODE, append_only, never_deleted, policy, wall

# Whether the agency of the transaction takes part in a case. It reads `party` as the owner, beneath the
# wall: a policy on `party` that asked `party` itself would never end.
TAKES_PART = """
CREATE FUNCTION kantor_takes_part(asked bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public AS $$
BEGIN
  RETURN EXISTS (
    SELECT 1 FROM cases_party
    WHERE case_id = asked AND agency_id = nullif(current_setting('kantor.agency', true), '')::bigint
  );
END $$
"""

# The next staff number of a year. A sequence, because a counter row would make every submission wait
# for the one before it; the lock is taken only by the first case of a year.
CASE_NUMBER = """
CREATE FUNCTION kantor_case_number(year integer) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  counter text := 'cases_number_' || year;
BEGIN
  IF to_regclass(counter) IS NULL THEN
    PERFORM pg_advisory_xact_lock(hashtext(counter));
    EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I', counter);
  END IF;
  RETURN nextval(counter);
END $$
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('catalogue', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20)),
                ('code', models.CharField(max_length=32)),
                ('pin_hash', models.CharField(max_length=128)),
                ('pin_tries', models.PositiveSmallIntegerField(default=0)),
                ('locked_until', models.DateTimeField(null=True)),
                ('service_slug', models.CharField(max_length=120)),
                ('variant', models.CharField(blank=True, max_length=60)),
                ('title_id', models.CharField(max_length=300)),
                ('title_en', models.CharField(blank=True, max_length=300)),
                ('applicant_name', models.CharField(blank=True, max_length=120)),
                ('language', models.CharField(default='id', max_length=8)),
                ('at', models.CharField(max_length=60)),
                ('state', models.JSONField(default=dict)),
                ('turn', models.CharField(blank=True, max_length=60)),
                ('submitted_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(null=True)),
                ('legal_due_at', models.DateTimeField(null=True)),
                ('step_due_at', models.DateTimeField(null=True)),
                ('wake_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=60)),
                ('idempotency_key', models.CharField(max_length=64)),
                ('version', models.PositiveIntegerField(default=0)),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='people.agency')),
                ('revision', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='catalogue.revision')),
                ('turn_agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='people.agency')),
            ],
        ),
        migrations.CreateModel(
            name='Pii',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='pii', serialize=False, to='cases.case')),
                ('data', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=32)),
                ('service_slug', models.CharField(max_length=120)),
                ('variant', models.CharField(blank=True, max_length=60)),
                ('answers', models.JSONField(default=dict)),
                ('pii', models.JSONField(default=dict)),
                ('language', models.CharField(default='id', max_length=8)),
                ('idempotency_key', models.CharField(max_length=64)),
                ('case_code', models.CharField(blank=True, max_length=32)),
                ('created_at', models.DateTimeField()),
                ('updated_at', models.DateTimeField()),
                ('revision', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='catalogue.revision')),
            ],
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(max_length=150)),
                ('actor_role', models.CharField(blank=True, max_length=60)),
                ('actor_agency', models.CharField(blank=True, max_length=80)),
                ('data', models.JSONField(default=dict)),
                ('key', models.CharField(max_length=64, null=True)),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='cases.case')),
            ],
            options={
                'ordering': ('case_id', 'seq'),
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capacity', models.CharField(choices=[('office', 'instansi penyelenggara / the office that decides'), ('opinion', 'instansi pemberi pertimbangan / asked for an opinion'), ('counter', 'petugas pendamping / handed in for the applicant'), ('applicant', 'pemohon / the applicant')], max_length=12)),
                ('role', models.CharField(blank=True, max_length=60)),
                ('due_at', models.DateTimeField(null=True)),
                ('open', models.BooleanField(default=True)),
                ('agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='people.agency')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='parties', to='cases.case')),
            ],
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['due_at'], name='case_due'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['wake_at'], name='case_wake'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(fields=('code',), name='case_code'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(fields=('number',), name='case_number'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(fields=('idempotency_key',), name='case_once'),
        ),
        migrations.AddIndex(
            model_name='draft',
            index=models.Index(fields=['updated_at'], name='draft_age'),
        ),
        migrations.AddConstraint(
            model_name='draft',
            constraint=models.UniqueConstraint(fields=('token',), name='draft_token'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(fields=('case', 'seq'), name='event_seq'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.UniqueConstraint(fields=('case', 'key'), name='event_once'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(condition=models.Q(('open', True)), fields=['agency', 'due_at', 'case'], include=('role', 'capacity'), name='party_inbox'),
        ),
        migrations.AddConstraint(
            model_name='party',
            constraint=models.UniqueConstraint(fields=('case', 'agency', 'capacity', 'role'), name='party_once', nulls_distinct=False),
        ),
        migrations.RunSQL(TAKES_PART, "DROP FUNCTION kantor_takes_part"),
        migrations.RunSQL(CASE_NUMBER, "DROP FUNCTION kantor_case_number"),
        *policy("cases_case", case=f"code = {CODE}", agency="kantor_takes_part(id)"),
        *policy("cases_draft", case=f"token = {CODE}", agency="false"),
        *wall("cases_event"),
        *wall("cases_party"),
        *wall("cases_pii"),
        *append_only("cases_event"),
        *never_deleted("cases_case"),
        *never_deleted("cases_party"),
        *never_deleted("cases_pii"),
    ]
