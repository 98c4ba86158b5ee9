"""Every register of the cockpit: one file each beside this one, loaded when its records are first met.

Field names follow the DORA register of information (ITS (EU) 2024/2956) where it has one, since a buyer
or an insurer asks for those words, also of a company that is not a bank.
"""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.records.record import Register
from cockpit.locale import N_

_CARRY = N_("Who carries what")
_PASS = N_("How work passes")
_BIND = N_("What binds")
_DECIDE = N_("Who decides")
_BREAK = N_("What may break")
_LEARN = N_("What is learned")
_AIM = N_("What we aim at")

REGISTERS: Mapping[str, Register] = {
    r.name: r
    for r in (
        Register("blocker", "B", N_("Blockers"), N_("blocker"),
                 N_("What stops work until somebody acts."), "title"),
        Register("priority", "P", N_("Priorities"), N_("priority"),
                 N_("What you mean to get done."), "title"),
        Register("function", "FN", N_("Functions"), N_("function"),
                 N_("Support, operational and managerial functions, whoever carries them."),
                 group=_CARRY, apart=()),
        Register("person", "PE", N_("People"), N_("person"),
                 N_("Who carries work: internal, external, time-shared, interim."),
                 group=_CARRY, apart=()),
        Register("provider", "PR", N_("Providers"), N_("provider"),
                 N_("Companies and freelances you depend on."),
                 group=_CARRY, apart=()),
        Register("scope", "SC", N_("Post scopes"), N_("post scope"),
                 N_("What each post does, does not do, and decides alone."),
                 group=_CARRY, apart=("holder",)),
        Register("interface", "IF", N_("Interfaces"), N_("interface"),
                 N_("What passes from one party to another, how often, and who answers for it."),
                 group=_PASS, apart=("source", "target")),
        Register("feedback", "FB", N_("Feedback"), N_("feedback on an interface"),
                 N_("What each side of an interface says of working with the other, from 1 to 5."), "interface",
                 group=_PASS, apart=("given_on", "side")),
        Register("process", "PS", N_("Processes and RACI"), N_("process"),
                 N_("What is done, who does it, and the one person who answers for it."),
                 group=_PASS, apart=()),
        Register("document", "DO", N_("Documents"), N_("document"),
                 N_("Where it is written how a thing is done, and who tested it."),
                 group=_PASS, apart=("function", "process")),
        Register("tool", "TO", N_("Tools"), N_("tool"),
                 N_("What each tool is used for, and whether it talks to the others."),
                 group=_PASS, apart=()),
        Register("ritual", "RT", N_("Rituals"), N_("ritual"),
                 N_("Meetings that come back: kick-off, flash point, reviews."),
                 group=_PASS, apart=()),
        Register("contract", "CT", N_("Contracts"), N_("contract"),
                 N_("Terms, notice dates and service hours."),
                 group=_BIND, apart=()),
        Register("policy", "PO", N_("Service promises"), N_("service promise"),
                 N_("Answers, news and resolutions due, in business hours, by contract or function."),
                 group=_BIND, apart=()),
        Register("report", "ER", N_("Expected reports"), N_("expected report"),
                 N_("What is owed to you on time, finance and risks, for which day, and whether it came."),
                 group=_BIND, apart=("source",)),
        Register("cost", "CO", N_("Costs"), N_("cost"),
                 N_("Invoices, coordination, tools and rework, month by month."),
                 group=_BIND, apart=("month", "kind")),
        Register("circuit", "DC", N_("Decision circuits"), N_("decision circuit"),
                 N_("Who decides what, within what delay, and who is asked at each level."),
                 group=_DECIDE, apart=()),
        Register("decision", "D", N_("Decisions"), N_("decision"),
                 N_("What was decided, by whom, with effect when."), "title", editable=False,
                 group=_DECIDE),
        Register("dossier", "DS", N_("Sensitive files"), N_("sensitive file"),
                 N_("Matters that records and decisions belong to, with their confidentiality."),
                 group=_DECIDE, apart=()),
        Register("goal", "GO", N_("Goals"), N_("goal"),
                 N_("What is to be reached in a quarter, and whether it is on track this week."),
                 group=_AIM, apart=("quarter",)),
        Register("figure", "FG", N_("Figures"), N_("figure"),
                 N_("The lines of the scorecard: what is counted, by whom, and what it should be."),
                 group=_AIM, apart=()),
        Register("measure", "MS", N_("Values"), N_("value of a figure"),
                 N_("What each figure was, week by week or month by month."), "figure",
                 group=_AIM, apart=("period",)),
        Register("risk", "RK", N_("Risks"), N_("risk"),
                 N_("What may go wrong, before and after what is done about it."),
                 group=_BREAK, apart=("function", "provider")),
        Register("absence", "AB", N_("Absences"), N_("absence"),
                 N_("Who is away from when to when, and who covers for them."), "person",
                 group=_BREAK, apart=("first_on",)),
        Register("access", "AC", N_("Accesses"), N_("access"),
                 N_("Who may enter which system, and where the secret lives; never the secret."),
                 group=_BREAK, apart=("holder", "level")),
        Register("continuity", "CP", N_("Continuity plans"), N_("continuity plan"),
                 N_("What is done when a function stops, by whom, in how many hours."),
                 group=_BREAK, apart=()),
        Register("drill", "DR", N_("Drills"), N_("drill"),
                 N_("Continuity plans that were tried out, and how long it took."),
                 group=_BREAK, apart=("plan", "held_on")),
        Register("handover", "HO", N_("Handovers"), N_("handover"),
                 N_("Arrivals, departures and ends of missions."),
                 group=_BREAK, apart=()),
        Register("step", "HS", N_("Handover steps"), N_("handover step"),
                 N_("Each line of a handover: what, by whom, for when."),
                 group=_BREAK, apart=("handover",)),
        Register("audit", "AU", N_("Audits"), N_("audit"),
                 N_("Outsourced functions looked at on four axes, with what is done about it."),
                 group=_LEARN, apart=("function", "held_on")),
        Register("level", "LV", N_("Outsourcing reviews"), N_("outsourcing review"),
                 N_("Whether each function is outsourced as far as it should be, every half-year."),
                 group=_LEARN, apart=("function", "held_on")),
        Register("selfaudit", "SA", N_("Self-audits"), N_("self-audit"),
                 N_("The first map of the company, and each half-year after it."), editable=False,
                 group=_LEARN),
        Register("trial", "TL", N_("Trials"), N_("trial"),
                 N_("Ideas that are tried out until a date: keep or stop."),
                 group=_LEARN, apart=("function", "starts_on")),
        Register("lesson", "LE", N_("Lessons"), N_("lesson"),
                 N_("What was learned, in one line, so that it is learned once."),
                 group=_LEARN, apart=("function",)),
        Register("occurrence", "RO", N_("Ritual meetings"), N_("ritual meeting"),
                 N_("Planned meetings of rituals that were held, missed or prepared."), "code"),
        Register("mark", "MK", N_("Words on providers"), N_("word on a provider"),
                 N_("Acknowledged, muted, a problem we see, a state given by hand, an exchange."), "reason"),
        Register("clock", "CK", N_("Clocks"), N_("clock"),
                 N_("Each promise counted for each case."), "title", editable=False),
        Register("escalation", "ES", N_("Escalations"), N_("escalation"),
                 N_("What was asked of whom, and the decision that ended it."), "question", editable=False),
        Register("approval", "AP", N_("Approvals"), N_("approval"),
                 N_("What was submitted to whom, and what they said of it."), "title", editable=False),
        Register("review", "RV", N_("Morning reviews"), N_("morning review"),
                 N_("When they were held and what came of them."), "by", editable=False),
        Register("preparation", "PN", N_("Preparations"), N_("preparation"),
                 N_("Lines written for the chief executive about one record."), "line"),
        Register("hold", "HD", N_("Held time"), N_("held time"),
                 N_("Stretches of the day that are kept free for a priority, in this cockpit only."), "title"),
        Register("attendance", "AT", N_("Attendance"), N_("attendance"),
                 N_("Who was at a ritual's meeting."), "person"),
        Register("release", "IS", N_("Documents handed out"), N_("document handed out"),
                 N_("What left the house: to whom, when, what of it was masked, and its seal."), editable=False,
                 secret=True),
        Register("closing", "MC", N_("Closed months"), N_("closed month"),
                 N_("Months whose consolidated report was closed, and the seal of what it said."),
                 editable=False, apart=("closed_at",)),
        Register("phase", "PH", N_("Phases of the company"), N_("phase of the company"),
                 N_("What the company goes through, since when; for the chief executive alone."), "code",
                 apart=("since",), secret=True, floor=3),
        Register("statement", "IN", N_("Inbox"), N_("statement"),
                 N_("What partners without an account sent in."), "title", editable=False),
    )
}  # fmt: skip
"""By table name."""

GROUPS: Mapping[str, tuple[str, ...]] = {
    group: tuple(r.name for r in REGISTERS.values() if r.group == group)
    for group in dict.fromkeys(r.group for r in REGISTERS.values() if r.group)
}
"""The registers that describe the organisation, as its screen groups them."""

ORGANISATION = tuple(name for names in GROUPS.values() for name in names)
"""The same, in one row."""

BY_PREFIX: Mapping[str, Register] = {r.prefix: r for r in REGISTERS.values()}


def register_of(code: str) -> Register | None:
    """The register a code such as `B-41` belongs to."""
    return BY_PREFIX.get(code.partition("-")[0].upper())
