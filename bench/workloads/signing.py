"""Sign a batch of a hundred, beside the sum of its parts: typst and pyHanko with the objects kept. Every file is validated."""

from __future__ import annotations

import time

from bench import filling
from bench.comparing import Bench, Goal, Result
from bench.office import post


def run(bench: Bench) -> list[Result]:
    """One passphrase, a hundred papers, a hundred signatures that hold."""
    from kantormaya.casework.drafting import as_signatory
    from kantormaya.casework.signing import sign
    from kantormaya.people.scopes import scope_agency, scope_system, scoped
    from kantormaya.permits.drafting import final
    from kantormaya.permits.models import Paper
    from kantormaya.permits.providers.local import LocalProvider
    from kantormaya.permits.signing import stored
    from kantormaya.permits.validating import validate
    from kantormaya.site.demo_office import PASSPHRASE

    result, number = Result("sign"), min(100, bench.shape.requests)
    first, last = filling.multiply(bench.database, number + 3, [bench.own["sign"]])
    head, local = post("head_of_office"), LocalProvider()
    scope = scope_agency(head.agency_id, head.account_id)
    sign(range(last - 2, last + 1), head, PASSPHRASE, scope=scope)  # warms up fonts and keys
    since = time.perf_counter()
    done = sign(range(first, last - 2), head, PASSPHRASE, scope=scope)
    took = time.perf_counter() - since
    with scoped(scope_system("bench")):
        signed = Paper.objects.filter(case_id__in=range(first, last - 2), state="signed")
        papers = list(signed.select_related("agency", "case"))
        since = time.perf_counter()
        words = [final(paper) for paper in papers]
        set_ = time.perf_counter() - since
    since = time.perf_counter()
    with local.batch(as_signatory(head), PASSPHRASE) as seal:
        for paper, text in zip(papers, words, strict=True):
            assert paper.issued_at
            seal(text, f"{paper.title_id} {paper.number}", paper.issued_at)
    sealed = time.perf_counter() - since
    holding = sum(validate(stored(paper.sha256).read_bytes(), local.roots()).holds for paper in papers)
    if done.refusal is not None or holding != number:
        result.wrong.append(f"{holding} of {number} papers validate: {done.refusal}")
    ratio = took / (set_ + sealed) if papers else 0.0
    each = f"{1000 * took / number:.0f} ms each; typst {1000 * set_ / number:.0f}, seal {1000 * sealed / number:.0f}"
    result.goals.append(Goal("batch / sum of its parts ≤ 1.3", f"{ratio:.2f} ({each})", ratio <= 1.3))
    result.goals.append(Goal(f"{number} of {number} validate", f"{holding} of {number}", holding == number))
    return [result]
