"""What the cursor can be on: the kinds of rows and of screens that keys look at."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


class Kind(Enum):
    """What an action works on. A target is of several kinds at once: a blocker is also a record."""

    PLACE = "place"
    """Any row of a place, but not a meeting that is led nor a guided form: those keep the keys for themselves."""
    MODAL = "modal"
    """Any row of a meeting that is led or of a guided form."""

    BLOCKER = "blocker"
    PRIORITY = "priority"
    CANDIDATE = "candidate"
    """A blocker or a goal that the morning review proposes as a priority."""
    DECISION = "decision"
    APPROVAL = "approval"
    """What waits for somebody's yes, or had its answer."""
    CLOCK = "clock"
    OWED = "owed"
    """A clock that ends with an answer or a delivery."""
    REPORT = "report"
    """A report that is expected."""
    STATEMENT = "statement"
    NEWS = "news"
    ALERT = "alert"
    MEETING = "meeting"
    COMMITMENTS = "commitments"
    """What meetings decided and that is late."""
    COPIES = "copies"
    """The copies of the cockpit."""
    OUTBOX = "outbox"
    """Messages that were not delivered."""
    INBOX = "inbox"
    """A folder or a mailbox for partners that is not read."""
    EVENT = "event"
    """An event of the agenda that has a link."""
    AGENDA = "agenda"
    """Anything of the agenda, an empty day included."""
    WEEK = "week"
    PROVIDER = "provider"
    """A line that says how a provider is, or its record."""
    MOVED = "moved"
    """An agenda or a provider, or what is said of it, whose server says that it is elsewhere now."""
    PROVIDERS = "providers"
    """The pane of providers, an empty one included."""

    RECORD = "record"
    ARCHIVED = "archived"
    ENTERED = "entered"
    """A record that a person enters by hand."""
    FIELD = "field"
    FOLDED = "folded"
    """A page that folds the fields that are empty."""
    NOTED = "noted"
    """A record with a long text that can be written in an editor."""
    NOTE = "note"
    """That long text itself, under the cursor."""
    REGISTER = "register"
    """Where a new record can be made."""
    TABLE = "table"
    ROW = "row"
    FUNCTION = "function"
    PERSON = "person"
    CONTRACT = "contract"
    PROCESS = "process"
    LINKED = "linked"
    """A record that leads to a document, or a line that names one."""
    DOCUMENTS = "documents"
    """The place of documents, whatever the row."""
    STEP = "step"
    """A step of a handover."""
    FIGURE = "figure"
    GOAL = "goal"
    """A goal of the quarter."""
    INTERFACE = "interface"
    """The record of an interface; on the matrix it is a flow."""
    TRIAL = "trial"
    SETTINGS = "settings"
    """The settings, whatever the row."""
    SETTING = "setting"
    """One key of the configuration."""
    SETTING_LIST = "setting-list"
    """A row of a list of the configuration, to which entries can be added."""
    SETTING_ENTRY = "setting-entry"
    """An agenda, a status page, a channel... of the configuration."""
    FIRST_THING = "first-thing"
    """One of the next five things of a new cockpit."""
    SORTED = "sorted"
    """A list whose order is chosen, whatever the row."""
    PANES = "panes"
    """The cockpit with its panes, whatever the row."""
    VIEWS = "views"
    """A place of several views."""
    ORGANISATION = "organisation"
    MAP = "map"
    FLOW = "flow"

    SIGNAL = "signal"
    SIGNALS = "signals"
    """The place of signals, whatever the row."""

    IMPORT = "import"
    """A spreadsheet that is looked at, whatever its plan says."""
    IMPORT_READY = "import-ready"
    IMPORT_MISSING = "import-missing"
    IMPORT_REASON = "import-reason"
    IMPORT_SHEETS = "import-sheets"

    LIVE_BEFORE = "live-before"
    LIVE_RUNNING = "live-running"
    LIVE_PEOPLE = "live-people"
    LIVE_COMMITMENTS = "live-commitments"
    LIVE_PRIORITIES = "live-priorities"
    LIVE_FIGURES = "live-figures"
    LIVE_SUBJECT = "live-subject"
    LIVE_AFTER = "live-after"

    ASK = "ask"
    """A guided form, whatever it asks."""
    ASK_ANSWER = "ask-answer"
    ASK_SCALE = "ask-scale"
    ASK_FUNCTION = "ask-function"
    ASK_ACTION = "ask-action"
    ASK_END = "ask-end"


WHOLE = frozenset(
    {
        Kind.PLACE, Kind.MODAL, Kind.WEEK, Kind.AGENDA, Kind.PROVIDERS, Kind.REGISTER, Kind.TABLE, Kind.SORTED,
        Kind.DOCUMENTS, Kind.PANES, Kind.VIEWS, Kind.ORGANISATION, Kind.MAP, Kind.SIGNALS,
    }
)  # fmt: skip
"""Kinds of a place or of a whole list, whatever the row."""
EVERYWHERE = frozenset({Kind.PLACE})
ALWAYS = frozenset({Kind.PLACE, Kind.MODAL})
"""Everywhere, in a meeting that is led and in a guided form too."""
MODAL = frozenset(
    {
        Kind.MODAL,
        Kind.LIVE_BEFORE,
        Kind.LIVE_RUNNING,
        Kind.LIVE_PEOPLE,
        Kind.LIVE_COMMITMENTS,
        Kind.LIVE_PRIORITIES,
        Kind.LIVE_FIGURES,
        Kind.LIVE_SUBJECT,
        Kind.LIVE_AFTER,
        Kind.ASK,
        Kind.ASK_ANSWER,
        Kind.ASK_SCALE,
        Kind.ASK_FUNCTION,
        Kind.ASK_ACTION,
        Kind.ASK_END,
    }
)
"""The kinds of a meeting that is led and of a guided form: there, their keys go before those of a place."""
OF_REGISTER = {
    kind.value: kind
    for kind in (
        Kind.BLOCKER, Kind.PRIORITY, Kind.DECISION, Kind.CLOCK, Kind.STATEMENT, Kind.PROVIDER, Kind.FUNCTION,
        Kind.PERSON, Kind.STEP, Kind.CONTRACT, Kind.FIGURE, Kind.APPROVAL,
        Kind.GOAL, Kind.REPORT, Kind.PROCESS, Kind.INTERFACE, Kind.TRIAL,
    )
}  # fmt: skip
"""The kind of a record by the name of its register, where keys of its own work on it."""
OF_CODE = {
    "B": frozenset({Kind.BLOCKER, Kind.RECORD}),
    "P": frozenset({Kind.PRIORITY, Kind.RECORD}),
    "ER": frozenset({Kind.REPORT, Kind.RECORD}),
    "CT": frozenset({Kind.CONTRACT, Kind.LINKED, Kind.RECORD}),
    "CP": frozenset({Kind.LINKED, Kind.RECORD}),
    "DO": frozenset({Kind.LINKED, Kind.RECORD}),
    "PS": frozenset({Kind.PROCESS, Kind.RECORD}),
    "D": frozenset({Kind.DECISION, Kind.RECORD}),
    "FN": frozenset({Kind.FUNCTION, Kind.RECORD}),
    "PE": frozenset({Kind.PERSON, Kind.RECORD}),
    "FG": frozenset({Kind.FIGURE, Kind.RECORD}),
    "AP": frozenset({Kind.APPROVAL, Kind.RECORD}),
    "GO": frozenset({Kind.GOAL, Kind.RECORD}),
    "IF": frozenset({Kind.INTERFACE, Kind.RECORD}),
    "TL": frozenset({Kind.TRIAL, Kind.RECORD}),
}
"""The kinds of what an alert is about, by the beginning of its code."""


def whole(kinds: Iterable[Kind]) -> frozenset[Kind]:
    """These kinds, with the one that says whether keys of a place work there."""
    found = frozenset(kinds)
    return found | {Kind.MODAL if found & MODAL else Kind.PLACE}


def meet(one: frozenset[Kind], other: frozenset[Kind]) -> bool:
    """Whether actions on these kinds can be offered on one row because they name the same kind."""
    return bool(_reach(one) & _reach(other))


def _reach(on: frozenset[Kind]) -> frozenset[Kind]:
    """The kinds, with all those that PLACE and MODAL stand for."""
    found = set(on)
    if Kind.PLACE in on:
        found |= set(Kind) - MODAL
    if Kind.MODAL in on:
        found |= MODAL
    return frozenset(found)
