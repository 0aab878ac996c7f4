"""The wall beneath the wall: row-level security for tables that hang on a case, as migration operations."""

from __future__ import annotations

from django.db.migrations import RunSQL

# `(SELECT …)` makes PostgreSQL read the setting once per query instead of once per row.
# A setting never set is NULL, and '' after a transaction that had set it: hence nullif.
SCOPE = "(SELECT nullif(current_setting('kantor.scope', true), ''))"
AGENCY = "(SELECT nullif(current_setting('kantor.agency', true), '')::bigint)"
CODE = "(SELECT nullif(current_setting('kantor.code', true), ''))"


def wall(
    table: str, case_column: str = "case_id", *, token_column: str | None = None, public: str = "false"
) -> list[RunSQL]:
    """Row-level security for a table with a case column: party agencies, the holder of the code, the system.

    `token_column` names a column with the token of a draft: its holder sees the row too.
    `public` is an SQL condition for what anyone may see. Put the operations after the table's CreateModel.
    """
    held = f"{case_column} = (SELECT c.id FROM cases_case c WHERE c.code = {CODE})"  # noqa: S608  our own words
    if token_column:
        held = f"({held} OR {token_column} = {CODE})"
    return policy(
        table,
        case=held,
        agency=f"kantor_takes_part({case_column})",
        public=public,
    )


def policy(table: str, *, case: str, agency: str, public: str = "false") -> list[RunSQL]:
    """Row-level security with one SQL condition per scope; without a scope nothing is seen."""
    allowed = (
        f"CASE {SCOPE} WHEN 'system' THEN true WHEN 'agency' THEN {agency}"
        f" WHEN 'case' THEN {case} WHEN 'public' THEN {public} ELSE false END"
    )
    return [
        RunSQL(
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ),
        RunSQL(
            f"CREATE POLICY scope ON {table} USING ({allowed}) WITH CHECK ({allowed})",
            f"DROP POLICY scope ON {table}",
        ),
    ]


def append_only(table: str) -> list[RunSQL]:
    """Rows can be added and read by the program, never changed or removed."""
    return _keep(table, "UPDATE, DELETE, TRUNCATE")


def never_deleted(table: str) -> list[RunSQL]:
    """Rows can be added, read and changed by the program, never removed."""
    return _keep(table, "DELETE, TRUNCATE")


def _keep(table: str, rights: str) -> list[RunSQL]:
    return [RunSQL(f"REVOKE {rights} ON {table} FROM kantor_app", f"GRANT {rights} ON {table} TO kantor_app")]
