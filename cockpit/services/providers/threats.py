"""The threat level of a provider, from what is given and from what the registers know."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.providers import threat
from cockpit.domain.providers.threat import Threat, ThreatPart
from cockpit.domain.registers.provider import Provider
from cockpit.locale import N_, _, current
from cockpit.services.desk.workspace import Workspace
from cockpit.services.organisation import feedback
from cockpit.services.promises.kept import respect

ZONES: Mapping[str, str] = {
    threat.WATCH: N_("watch"),
    threat.CONTROL: N_("control"),
    threat.DANGER: N_("danger"),
    threat.UNKNOWN: N_("not enough data"),
}
PARTS: Mapping[str, str] = {
    "dependence": N_("dependence"),
    "penetration": N_("penetration"),
    "maturity": N_("maturity"),
    "trust": N_("trust"),
}
_LIVE = "archived_at IS NULL"


def threat_of(workspace: Workspace, provider: Provider) -> Threat:
    """Its four figures: those that were given, else worked out of what is known."""
    code = provider.code
    functions = _functions(workspace, code)
    return Threat(
        dependence=threat.part(
            provider.dependence, threat.dependence(int(provider.stop_impact), int(provider.substitutability))
        ),
        penetration=threat.part(
            provider.penetration, threat.penetration(_levels(workspace, code), provider.personal_data)
        ),
        maturity=threat.part(provider.maturity, _maturity(workspace, code, functions)),
        trust=threat.part(provider.trust, _trust(workspace, code)),
    )


def in_words(found: Threat) -> str:
    """`2.25 · control`, or what is not known yet and how it comes to be."""
    level = found.level
    if level is not None:
        said = f"{level:g}".replace(".", "," if current() == "fr" else ".")
        return f"{said} · {_(ZONES[found.zone])}"
    unknown = ", ".join(_(PARTS[name]) for name, each in parts(found).items() if each.value is None)
    return _("not enough data: {parts} · give it above").format(parts=unknown)


def sum_in_words(found: Threat) -> str:
    """How it comes about: the four figures, those worked out with a sign of their own."""
    said = {name: _part_in_words(name, each) for name, each in parts(found).items()}
    return "({dependence} × {penetration}) / ({maturity} × {trust})".format(**said)


def parts(found: Threat) -> dict[str, ThreatPart]:
    """The four figures by name, in the order of the formula."""
    return {
        "dependence": found.dependence,
        "penetration": found.penetration,
        "maturity": found.maturity,
        "trust": found.trust,
    }


def _part_in_words(name: str, each: ThreatPart) -> str:
    value = "?" if each.value is None else f"{'' if each.given else '≈'}{each.value}"
    return f"{_(PARTS[name])} {value}"


def _functions(workspace: Workspace, code: str) -> tuple[str, ...]:
    rows = workspace.conn.execute(
        "SELECT DISTINCT value AS code FROM contract, json_each(contract.functions)"
        f" WHERE provider = ? AND {_LIVE} AND (ended_on IS NULL OR ended_on >= ?) ORDER BY 1",
        (code, workspace.today().isoformat()),
    )
    return tuple(row["code"] for row in rows)


def _levels(workspace: Workspace, code: str) -> list[str]:
    rows = workspace.conn.execute(
        f"SELECT level FROM access WHERE {_LIVE} AND revoked_on IS NULL AND (holder = ?"
        f" OR holder IN (SELECT code FROM person WHERE provider = ? AND {_LIVE}))",
        (code, code),
    )
    return [row["level"] for row in rows]


def _maturity(workspace: Workspace, code: str, functions: tuple[str, ...]) -> int | None:
    marks = ", ".join("?" * len(functions))
    audit = workspace.conn.execute(
        f"SELECT verdict FROM audit WHERE {_LIVE} AND verdict != 'open'"
        f" AND (provider = ? OR (coalesce(provider, '') = '' AND function IN ({marks})))"
        " ORDER BY held_on DESC, number DESC LIMIT 1",
        (code, *functions),
    ).fetchone()
    documented = _count(
        workspace,
        "SELECT count(DISTINCT f) FROM (SELECT function AS f FROM document WHERE {live} UNION ALL"
        " SELECT process.function FROM document JOIN process ON process.code = document.process"
        " WHERE document.{live} AND process.{live}) WHERE f IN ({marks})",
        functions,
    )
    covered = _count(
        workspace,
        "SELECT count(DISTINCT function) FROM continuity WHERE {live} AND function IN ({marks})",
        functions,
    )
    return threat.maturity(audit["verdict"] if audit else "", len(functions), documented, covered)


def _count(workspace: Workspace, query: str, functions: tuple[str, ...]) -> int:
    marks = ", ".join("?" * len(functions))
    found: int = workspace.conn.execute(query.format(live=_LIVE, marks=marks), functions).fetchone()[0]
    return found


def _trust(workspace: Workspace, code: str) -> int | None:
    said = feedback.together(feedback.of_provider(workspace, code))
    for each in respect(workspace):
        if (each.kind, each.code) == ("provider", code):
            return threat.trust(each.over[90].kept, each.over[90].count, said.of_them)
    return threat.trust(0, 0, said.of_them)
