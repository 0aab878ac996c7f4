from django.db import migrations, models

from kantormaya.people.walls import AGENCY, CODE, SCOPE

# What the lists ask of a seat, for seats that were taken before; `signs` is folded where the papers are (permits 0003).
FOLD = """
UPDATE cases_party p SET
  listed = (p.capacity = 'office' AND p.role = '') OR (p.capacity = 'opinion' AND NOT EXISTS (
    SELECT FROM cases_party o WHERE o.case_id = p.case_id AND o.agency_id = p.agency_id AND o.open
    AND (coalesce(o.due_at, 'infinity'), o.id) < (coalesce(p.due_at, 'infinity'), p.id))),
  waits = (p.role = '' OR (p.role = c.turn AND p.agency_id = c.turn_agency_id)) AND EXISTS (
    SELECT FROM cases_party o WHERE o.case_id = p.case_id AND o.open AND o.role <> ''
    AND o.agency_id IS DISTINCT FROM p.agency_id)
FROM cases_case c WHERE c.id = p.case_id AND p.open AND p.agency_id IS NOT NULL
"""

HELD = f"case_id = (SELECT c.id FROM cases_case c WHERE c.code = {CODE})"  # noqa: S608  our own words


def seen(case: str, agency: str) -> str:
    return (
        f"CASE {SCOPE} WHEN 'system' THEN true WHEN 'agency' THEN {agency} WHEN 'case' THEN {case} ELSE false END"
    )


def read_by(table: str, case: str, case_column: str) -> migrations.RunSQL:
    """An agency's own rows are seen without asking who else takes part; what may be written stays as it was."""
    before = seen(case, f"kantor_takes_part({case_column})")
    after = seen(case, f"agency_id = {AGENCY} OR kantor_takes_part({case_column})")
    return migrations.RunSQL(
        f"ALTER POLICY scope ON {table} USING ({after})", f"ALTER POLICY scope ON {table} USING ({before})"
    )


class Migration(migrations.Migration):

    dependencies = [('cases', '0007_walls_of_the_ground')]

    operations = [
        migrations.AddField('party', 'waits', models.BooleanField(default=False)),
        migrations.AddField('party', 'signs', models.BooleanField(default=False)),
        migrations.AddField('party', 'listed', models.BooleanField(default=False)),
        migrations.RunSQL(FOLD, migrations.RunSQL.noop),
        migrations.RemoveIndex('party', 'party_inbox'),
        migrations.AddIndex('party', models.Index(
            fields=['agency', 'role', 'due_at', 'case'], name='party_desk', condition=models.Q(open=True, waits=False),
        )),
        migrations.AddIndex('party', models.Index(
            fields=['agency', 'role', 'due_at', 'case'], name='party_signing',
            condition=models.Q(open=True, waits=False, signs=True),
        )),
        migrations.AddIndex('party', models.Index(
            fields=['agency', 'due_at', 'case'], name='party_unit', condition=models.Q(open=True, listed=True),
        )),
        migrations.AddIndex('party', models.Index(
            fields=['agency', 'due_at', 'case'], name='party_waiting',
            condition=models.Q(open=True, listed=True, waits=True),
        )),
        read_by('cases_party', HELD, 'case_id'),
        read_by('cases_case', f"code = {CODE}", 'id'),
    ]
