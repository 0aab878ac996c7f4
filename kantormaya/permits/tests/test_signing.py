"""A signature: what it proves, what it leaves behind when it fails, and that the passphrase stays nowhere."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pydantic import SecretStr

from kantormaya.audit.models import Entry
from kantormaya.audit.time import simulated
from kantormaya.language.texts import Text
from kantormaya.people.scopes import scoped
from kantormaya.permits.drafting import draft
from kantormaya.permits.models import Paper, PaperState
from kantormaya.permits.providers import Seal, Signatory, SigningRefused, provider
from kantormaya.permits.providers.failing import FailingProvider
from kantormaya.permits.providers.local import LocalProvider
from kantormaya.permits.signing import AT_ONCE, Signing, sign, stored
from kantormaya.permits.tests.drafts import HEAD, PASSPHRASE, SYSTEM, drafted, local, office, words
from kantormaya.permits.validating import validate

AT = datetime(2026, 9, 2, 4, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def service(tmp_path: Path) -> LocalProvider:
    return local(tmp_path)


def signed(paper: Paper, service: LocalProvider, passphrase: SecretStr = PASSPHRASE) -> Signing:
    with simulated(AT):
        return sign([paper], HEAD, passphrase, scope=SYSTEM, actor="kepala.dinas", by=service)


def test_a_signed_paper_is_whole_trusted_and_dated_by_the_office_clock(service: LocalProvider) -> None:
    (paper,) = signed(drafted(), service).signed
    pdf = stored(paper.sha256).read_bytes()
    verdict = validate(pdf, service.roots())
    assert verdict.holds
    assert verdict.at == AT
    assert verdict.signer == "Kepala Dinas (Contoh) (UJI COBA)"
    assert (paper.state, paper.number) == (PaperState.SIGNED, "503/0001/SIPB/DPMPTSP/2026")
    assert str(paper.valid_until) == "2031-09-02"


def test_a_signed_paper_is_still_archivable_and_readable_aloud(service: LocalProvider) -> None:
    (paper,) = signed(drafted(), service).signed
    with pikepdf.open(stored(paper.sha256)) as read, read.open_metadata() as about:
        assert (about["pdfaid:part"], about["pdfuaid:part"]) == ("3", "1")
        (field,) = read.Root.AcroForm.Fields
        assert [float(x) for x in field.Rect] == [0, 0, 0, 0]  # invisible: the QR stands in the page itself
        assert str(field.V.SubFilter) == "/ETSI.CAdES.detached"


def test_one_changed_byte_breaks_the_signature(service: LocalProvider) -> None:
    (paper,) = signed(drafted(), service).signed
    pdf = bytearray(stored(paper.sha256).read_bytes())
    pdf[pdf.find(b"stream") + 40] ^= 1
    assert not validate(bytes(pdf), service.roots()).holds


def test_something_added_after_the_signature_is_seen(service: LocalProvider) -> None:
    (paper,) = signed(drafted(), service).signed
    assert not validate(stored(paper.sha256).read_bytes() + b"\n%tambahan\n", service.roots()).holds


@pytest.mark.filterwarnings("ignore")
def test_another_authority_is_not_trusted(service: LocalProvider, tmp_path: Path) -> None:
    logging.getLogger("pyhanko").disabled = True
    (paper,) = signed(drafted(), service).signed
    verdict = validate(stored(paper.sha256).read_bytes(), local(tmp_path / "lain").roots())
    assert verdict.intact
    assert not verdict.trusted
    assert not validate(b"bukan pdf", service.roots()).signed


def test_a_wrong_passphrase_is_a_sentence_and_gives_no_number(service: LocalProvider) -> None:
    paper = drafted()
    outcome = signed(paper, service, SecretStr("salah"))
    assert outcome.signed == ()
    assert outcome.refusal
    assert "salah" in outcome.refusal.id
    assert (outcome.waiting[0].state, outcome.waiting[0].number) == (PaperState.DRAFT, None)


def test_a_service_that_fails_leaves_the_papers_waiting_and_later_signs_the_same_numbers(
    service: LocalProvider,
) -> None:
    papers = [drafted() for _ in range(AT_ONCE + 1)]
    failed = sign(papers, HEAD, PASSPHRASE, scope=SYSTEM, actor="kepala.dinas", by=FailingProvider())
    assert failed.refusal
    *few, last = failed.waiting
    assert all(paper.state == PaperState.WAITING and paper.number for paper in few)
    assert (last.state, last.number) == (PaperState.DRAFT, None)  # no more were begun
    (other,) = signed(papers[1], service).signed
    (resumed,) = signed(papers[0], service).signed
    assert [resumed.number, other.number] == [paper.number for paper in few[:2]]


class StopsAfterTwo(LocalProvider):
    """A service that goes out of order in the middle of a batch."""

    @contextmanager
    def batch(self, signatory: Signatory, passphrase: SecretStr) -> Iterator[Seal]:
        left = iter((True, True))
        with super().batch(signatory, passphrase) as seal:

            def stopping(pdf: bytes, reason: str, at: datetime) -> bytes:
                if not next(left, False):
                    raise SigningRefused(Text("Layanan berhenti.", "The service stopped."))
                return seal(pdf, reason, at)

            yield stopping


def test_what_was_sealed_before_the_service_stopped_holds_and_the_rest_waits(tmp_path: Path) -> None:
    local(tmp_path)
    papers = [drafted() for _ in range(3)]
    service = StopsAfterTwo(tmp_path / "keys", "rahasia kantor")
    with simulated(AT):
        outcome = sign(papers, HEAD, PASSPHRASE, scope=SYSTEM, actor="kepala.dinas", by=service)
    assert [paper.pk for paper in outcome.signed] == [papers[0].pk, papers[1].pk]
    assert [(one.pk, one.state) for one in outcome.waiting] == [(papers[2].pk, PaperState.WAITING)]
    assert outcome.refusal and outcome.refusal.id == "Layanan berhenti."


def test_a_batch_asks_the_database_no_more_for_many_papers_than_for_few(service: LocalProvider) -> None:
    def statements(number: int) -> int:
        papers = [drafted() for _ in range(number)]
        with CaptureQueriesContext(connection) as caught, simulated(AT):
            sign(papers, HEAD, PASSPHRASE, scope=SYSTEM, actor="kepala.dinas", by=service)
        return len(caught)

    statements(1)  # its series begins
    assert statements(AT_ONCE) == statements(2)
    assert statements(AT_ONCE) <= 20


def test_what_was_signed_before_a_failure_stays_signed(service: LocalProvider) -> None:
    good, bad = drafted(), drafted(template='#import "/kantor.typ": *\n#show: paper\n#value("luas")')
    with simulated(AT):
        outcome = sign([good, bad], HEAD, PASSPHRASE, scope=SYSTEM, actor="kepala.dinas", by=service)
    assert [p.pk for p in outcome.signed] == [good.pk]
    assert [p.pk for p in outcome.waiting] == [bad.pk]
    assert outcome.refusal
    assert "luas" in outcome.refusal.id


def test_a_paper_that_cannot_be_set_stays_a_draft_and_the_others_are_signed_without_a_gap(
    service: LocalProvider,
) -> None:
    at = office()
    asks = '#import "/kantor.typ": *\n#show: paper\n#value("luas")'
    bad, good = drafted(at=at, template=asks, template_name="izin/sipb.typ"), drafted(at=at)
    with simulated(AT):
        outcome = sign([bad, good], HEAD, PASSPHRASE, scope=SYSTEM, actor="kepala.dinas", by=service)
    assert [p.number for p in outcome.signed] == ["503/0001/SIPB/DPMPTSP/2026"]
    (waiting,) = outcome.waiting
    assert (waiting.pk, waiting.state, waiting.number) == (bad.pk, PaperState.DRAFT, None)
    assert "izin/sipb.typ" in outcome.why[bad.pk].id and "luas" in outcome.why[bad.pk].id
    with scoped(SYSTEM):  # mended, it is signed like any other
        Paper.objects.filter(pk=bad.pk).update(template=good.template)
    (mended,) = signed(bad, service).signed
    assert mended.number == "503/0002/SIPB/DPMPTSP/2026"


def test_signing_twice_signs_once(service: LocalProvider) -> None:
    paper = drafted()
    (once,), (again,) = signed(paper, service).signed, signed(paper, service).signed
    assert once.sha256 == again.sha256
    with scoped(SYSTEM):
        assert Entry.objects.filter(act="paper.signed", case_id=paper.case_id).count() == 1


def test_what_casework_adds_is_written_with_the_signature_or_not_at_all(service: LocalProvider) -> None:
    paper = drafted()

    def fail(attached: Sequence[Paper]) -> None:
        raise RuntimeError("kejadian tidak tertulis")

    with pytest.raises(RuntimeError), simulated(AT):
        sign([paper], HEAD, PASSPHRASE, scope=SYSTEM, actor="kepala.dinas", by=service, after=fail)
    with scoped(SYSTEM):
        assert Paper.objects.get(pk=paper.pk).state == PaperState.WAITING


def test_only_the_official_it_was_drafted_for_can_sign(service: LocalProvider) -> None:
    other = Signatory("sekretaris", "Sekretaris (Contoh)", "Sekretaris")
    service.enrol(other, PASSPHRASE)
    outcome = sign([drafted()], other, PASSPHRASE, scope=SYSTEM, actor="sekretaris", by=service)
    assert outcome.refusal
    assert "Kepala Dinas" in outcome.refusal.id


def test_an_official_without_a_certificate_is_told_so(service: LocalProvider) -> None:
    nobody = Signatory("baru", "Pejabat Baru", "Kepala Dinas")
    assert service.status(HEAD) is None
    assert service.status(nobody)
    assert sign([drafted()], nobody, PASSPHRASE, scope=SYSTEM, actor="baru", by=service).refusal


def test_signing_inside_a_transaction_is_a_mistake_of_ours(service: LocalProvider) -> None:
    paper = drafted()
    with pytest.raises(RuntimeError, match="outside a transaction"), scoped(SYSTEM):
        sign([paper], HEAD, PASSPHRASE, scope=SYSTEM, actor="kepala.dinas", by=service)


def test_the_passphrase_is_in_no_row_no_file_no_log_and_no_error(
    service: LocalProvider, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret = "salah tetapi rahasia"
    outcome = signed(drafted(), service, SecretStr(secret))
    signed(drafted(), service)
    with pytest.raises(SigningRefused) as refused, service.batch(HEAD, SecretStr(secret)):
        pass
    assert refused.value.__context__ is None or secret not in repr(refused.value.__context__)
    said = caplog.text + repr(outcome) + repr(refused.value)
    with scoped(SYSTEM), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("permits_", "audit_", "outbox_", "procrastinate_jobs", "django_session")):
                cursor.execute(f'SELECT coalesce(string_agg(t::text, chr(10)), chr(32)) FROM "{table}" t')
                said += cursor.fetchone()[0]
    for secret_words in (secret, PASSPHRASE.get_secret_value()):
        assert secret_words not in said
        for file in (tmp_path / "keys").rglob("*"):
            assert not file.is_file() or secret_words.encode() not in file.read_bytes()
    assert all(file.stat().st_mode & 0o077 == 0 for file in (tmp_path / "keys").rglob("*.key"))


def test_a_signed_paper_is_never_drafted_anew(service: LocalProvider) -> None:
    (paper,) = signed(drafted(), service).signed
    with scoped(SYSTEM):
        draft(
            paper.case,
            "sipb",
            words(holder="Orang Lain"),
            agency=paper.agency,
            signatory=HEAD,
            actor="petugas",
            is_test=True,
            old=paper,
        )
        assert Paper.objects.get(case=paper.case).holder == "Pemohon Contoh"


def test_an_unknown_signing_service_is_a_sentence() -> None:
    with pytest.raises(SigningRefused, match="tidak dikenal"):
        provider("tidak_ada")
    assert provider("failing").is_test
    assert Seal is not None
