"""The wall of what lies below the cases and names one: messages, and the audit."""

from django.db import migrations

from kantormaya.people.walls import AGENCY, CODE, SCOPE

HELD = f"case_id = (SELECT c.id FROM cases_case c WHERE c.code = {CODE})"
MESSAGES = (
    f"CASE {SCOPE} WHEN 'system' THEN true WHEN 'agency' THEN kantor_takes_part(case_id) WHEN 'case' THEN {HELD} ELSE false END"
)
LINES = (
    f"CASE {SCOPE} WHEN 'system' THEN true WHEN 'agency' THEN kantor_takes_part(case_id) OR (case_id IS NULL AND agency_id = {AGENCY})"
    f" WHEN 'case' THEN {HELD} ELSE false END"
)


def policy(name, table, rest):
    return migrations.RunSQL(f"CREATE POLICY {name} ON {table} {rest}", f"DROP POLICY {name} ON {table}")


def closed(table):
    return migrations.RunSQL(
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY", f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_initial"),
        ("cases", "0006_elsewhere"),
        ("outbox", "0002_alter_message_state"),
    ]

    operations = [
        closed("outbox_message"),
        # a message that is about no case may be put in by anyone, and is read by the worker only
        policy("scope", "outbox_message", f"USING ({MESSAGES}) WITH CHECK (case_id IS NULL OR {MESSAGES})"),
        closed("audit_entry"),
        # whatever is done leaves its line, in any scope or none; it is read by those who see its case
        policy("written", "audit_entry", "FOR INSERT WITH CHECK (true)"),
        policy("scope", "audit_entry", f"FOR SELECT USING ({LINES})"),
    ]
