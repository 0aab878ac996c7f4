"""What somebody types who means harm, or whose keyboard is broken."""

from __future__ import annotations

from hypothesis import strategies as st

MARK = "xq7f3a"
"""A word that no page has by itself: where it stands as a tag or an attribute, something was not escaped."""
TAG, ATTRIBUTE = f"<{MARK}", f"on{MARK}="
STOWAWAY = f"penumpang{MARK}"
"""The value of every field that a form does not have."""

DISGUISES = (
    "\u202e", "\u202d", "\u202a", "\u2066", "\u2067", "\u2068", "\u2069", "\u200e", "\u200f", "\u061c", "\u200b", "\u200c", "\u200d",
    "\u2060", "\ufeff", "\u00ad", "\u180e", "\u115f", "\u3164", "\uffa0", "\u2800", "\U000e0041", "\u034f", "\ufe0f", "\ufff9",
)  # fmt: skip
"""Characters that show nothing by themselves and turn, split or hide the others."""

NASTY = [
    "\x00", "a\x00b", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029", "\ufffe", "\U0010ffff",
    *(f"Budi{one}Santoso" for one in DISGUISES), "\u202etxt.exe", "\u0301" * 200, "İıẞﬁ", "ﷺ" * 300, "🏳️‍🌈",
    "x" * 10_000, "<" * 3_000, "9" * 5_000, "²", "٣", "０１２", "1e400", "-1", "0", "NaN", "Infinity", "-0", "0x10", "1_000", "1.2.3",
    "99999999999999999999", "2147483648", "-99999999999999999999", "1," + "0" * 400 + "1",
    "../../etc/passwd", "..\\..\\boot.ini", "%2e%2e%2f", "/etc/passwd\x00.pdf", "file:///etc/passwd", "http://169.254.169.254/latest/",
    "//jahat.example", "https://jahat.example/", "https:jahat.example", "/\\jahat.example", "javascript:alert(1)", "data:text/html,x",
    "a\r\nBcc: x@jahat.example", "a@b.id\r\nBcc: x@jahat.example", "a@b.id\nSubject: x", "Nama\r\n\r\n<p>", "a@b.id,c@jahat.example",
    f'"><{MARK}>', f"'><{MARK}>", f"<{MARK}", f'" on{MARK}="1', f"' on{MARK}='1", f"</textarea><{MARK}>", f"</script><{MARK}>", f"<!--<{MARK}>",
    "{{7*7}}", "{% load static %}", "${7*7}", "#{7*7}", "{0.__class__}", "{name.__class__.__mro__}", "{name}", "{", "}", "{}", "{!r:>{x}}",
    "%s%n%d", "%(name)s", "true || true", "size([1,2,3])", "applicant_kind == 'x'", "has(a.b)", "'.join(x)", "[1,2][9]", "1/0",
    "'; DROP TABLE cases_case--", "' OR 1=1--", "\\'", "\\", "%", "_", "*", "=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "#import \"x\"", "#panic()",
    "__proto__", "true", "null", "None", "[]", '{"a":1}', "ya", "tidak", "on", "•••", "upload.1", "paper.1", "upload.²", "paper.99999999999999999999",
    "0000-00-00", "9999-12-31", "10000-01-01", "2026-02-30", "31-12-2026", "2026-01-01T25:00", "9999-12-31T23:59:59+14:00", "0001-01-01T00:00-23:59",
    "2026-01-01T10:00+99:99", "MUBA-0000-0000-0000-0000-0", "P-2026-000001", "16.06.01.1012", "16.06.99.9999", "-2.9, 103.8", "91, 181", "NaN, NaN",
    "9906015708900001", "9906015708910007", "0812 0000 0001", "+99999999999999999", "a@b.id", "a" * 250 + "@b.id", "a@" + "b" * 250 + ".id",
    "\x00@b.id", "\u202ea@b.id", "a..b@b.id", "", " ", "\t\n", "\u3000", "a b", "Ä" * 301,
]  # fmt: skip

SUM, SUMMED = "31337+1", "31338"
RUN = [
    "{{31337|add:1}}", "${31337+1}", "#{31337+1}", "#(31337+1)", "<%= 31337+1 %>", "{{ 31337|add:'1' }}",
    SUM, "[31337+1][0]", "\\#(31337+1)", "=31337+1", "http://127.0.0.1:5432/", "http://[::1]:8000/", "gopher://127.0.0.1:6379/_x", "\\\\jahat.example\\x",
]  # fmt: skip
"""What a template, a condition or a sheet would reckon out, and addresses that a careless office would open."""

hostile = st.one_of(
    st.sampled_from(NASTY),
    st.sampled_from(RUN),
    st.text(max_size=30),
    st.builds(
        "".join, st.lists(st.sampled_from([one for one in NASTY if len(one) < 60]), min_size=2, max_size=3)
    ),
    st.integers().map(str),
)

COLUMNS = (
    "id", "pk", "case", "case_id", "state", "at", "number", "code", "pin", "pin_hash", "pin_tries", "locked_until", "agency", "agency_id",
    "revision", "outcome", "ended_at", "due_at", "version", "idempotency_key", "begun_by", "begun_by_id", "case_code", "applicant_name",
    "turn", "service_slug", "actor", "role", "by", "channel", "is_superuser", "is_staff", "username", "amount", "paid_at", "verdict",
    "internal", "holder", "signed_at", "sha256", "draft_code", "email_key", "variant", "by_proxy", "facts", "answers", "__class__", "self",
)  # fmt: skip
"""Names of columns and of what code calls things: no form asks for most of them, and none may be set by naming it."""
