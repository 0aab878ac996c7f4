from django.db import migrations

# Which open seats wait for a signature, for cases that came there before this was folded from their state.
FOLD = """
UPDATE cases_party p SET signs = true FROM cases_case c
WHERE c.id = p.case_id AND p.open AND p.role = c.turn AND p.agency_id = c.turn_agency_id
AND EXISTS (SELECT FROM permits_paper WHERE case_id = c.id AND state IN ('draft', 'waiting'))
"""


class Migration(migrations.Migration):

    dependencies = [('cases', '0008_lists_from_seats'), ('permits', '0002_holder')]

    operations = [migrations.RunSQL(FOLD, migrations.RunSQL.noop)]
