"""After the permit: example papers suspended, put into force again, revoked, and followed by the next application."""

from __future__ import annotations

from kantormaya.cases.models import Case
from kantormaya.casework import applying, renewing
from kantormaya.casework.standing import standing
from kantormaya.casework.standing_of_papers import ROLE, change_standing
from kantormaya.catalogue.calendars import current_calendar
from kantormaya.engine.events import Refused
from kantormaya.engine.generating import sample_given
from kantormaya.people.scopes import scope_agency, scope_case, scope_system, scoped
from kantormaya.permits.models import Paper, PaperState
from kantormaya.site.demo_pictures import show_place
from kantormaya.site.demo_stories import Cast

CHANGES = (
    ("suspend", "Pengaduan warga tentang tempat ini sedang kami periksa."),
    ("revoke", "Pemegang berhenti berpraktik dan mengembalikan izinnya."),
    ("suspend", "Keterangan tempat praktik perlu dijelaskan kembali."),
)
RESUMED = "Pemeriksaan selesai; tidak ada pelanggaran."
FOLLOWED = ("izin-praktik-bidan", "izin-praktik-apoteker")


def play(cast: Cast) -> None:
    """Some papers change their standing, two are renewed or followed, and open inspections get pictures."""
    with scoped(scope_system("example papers")):
        papers = list(
            Paper.objects.filter(state=PaperState.SIGNED, case__service_slug__in=FOLLOWED, replaces=None)
            .exclude(holder_key="")
            .select_related("agency", "case")
            .order_by("pk")[:12]
        )
        open_ = list(Case.objects.filter(ended_at=None).select_related("revision", "agency").order_by("pk"))
    for paper, (act, reason) in zip(papers[::2], CHANGES, strict=False):
        _change(cast, paper, act, reason)
    if len(papers) > 4:
        _change(cast, papers[4], "resume", RESUMED)
    for paper in papers[1:6:2]:
        _follow(cast, paper)
    for case in open_:
        with scoped(scope_case(case.code)):
            now_ = standing(case)
            for task in now_.state.tasks:
                show_place(now_, task)


def _change(cast: Cast, paper: Paper, act: str, reason: str) -> None:
    head = cast.posts.get((paper.agency.slug, ROLE))
    if head is not None:
        with scoped(scope_agency(head.agency_id, head.account_id)):
            change_standing(paper, [head], act, reason)


def _follow(cast: Cast, paper: Paper) -> None:
    """Its holder begins what the standard offers first, and hands it in."""
    of = renewing.old(paper.pk)
    way = next((one for one in renewing.ways(of) if one.is_open), None) if of else None
    if of is None or way is None:
        return
    draft = renewing.begin_from(of, way, language="id")
    with scoped(scope_case(draft.token)):
        held, calendar = applying.filled(draft), current_calendar()
        answers = {**of.now.state.answers, **held.answers}
        given = sample_given(of.definition, held.about, answers, calendar, of.now.at)
        filed = {
            n: cast.papers.hand_in(draft.token, n, what) for n, what in given.items() if n != way.requirement
        }
        applying.fill(draft, answers=answers, given=filed)
        try:
            applying.submit(draft)
        except Refused:
            return  # it stays a draft: its holder has not answered everything yet
