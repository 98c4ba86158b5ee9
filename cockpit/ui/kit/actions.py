"""Every action, declared once: bindings, key bar, palette, help, remapping and the README read this list."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.domain.dataclasses import dataclass
from cockpit.locale import N_, _

WORK = frozenset({"blocker", "priority"})
"""Scope of what is done to a blocker or a priority under the cursor."""
PROVIDER = frozenset({"provider"})
"""Scope of what is said of a provider, with or without a page."""
PREPARED = WORK | {"statement"}
"""Scope of what an assistant may write a line about."""
ANY = frozenset({"*"})
LIVE = "live-"
"""Beginning of the scopes of a live meeting: there, its keys go before those of everywhere."""
ASKED = "ask-"
"""Beginning of the scopes of a guided form, whose keys go before those of everywhere too."""
MODAL = (LIVE, ASKED)
IN_LIVE = frozenset({"undo", "redo", "theme", "screenshot", "help", "quit"})
"""What works everywhere, in a live meeting and in a guided form too."""


@dataclass(frozen=True)
class Action:
    """One thing a person can do by a key."""

    id: str
    title: str
    """Two words at most: it stands in the key bar."""
    help: str
    keys: tuple[str, ...]
    """Textual key names; the first is the one shown. Without one it is found in the palette."""
    scope: frozenset[str] = ANY
    """Kinds of the item under the cursor on which it works; ANY works everywhere."""
    shown: bool = True
    """In the key bar, where it applies."""


_MARKED = frozenset({"ask-scale", "ask-function"})

ACTIONS: tuple[Action, ...] = (
    Action("blocker.add", N_("blocker"), N_("Write down a blocker, in one line"), ("b",)),
    Action("priority.add", N_("priority"), N_("Write down a priority, in one line"), ("n",)),
    Action("decision.add", N_("decision"), N_("Write down a decision, in one line"), ("d",)),
    Action("review.start", N_("review"), N_("The morning review: begin it, or go on where it was left"), ("m",)),
    Action("review.seen", N_("seen"), N_("This news is seen; again: it is not"), ("space",), frozenset({"news"})),
    Action("review.all_seen", N_("all seen"), N_("Every news is seen"), ("t",), frozenset({"news"})),
    Action("clock.answer", N_("answered"), N_("The provider answered, or the report came: its clock ends"),
           ("a",), frozenset({"owed"})),
    Action("clock.pause", N_("pause"), N_("Stop the clock, with the reason; again: it goes on"),
           ("h",), frozenset({"clock"})),
    Action("clock.remind", N_("remind"), N_("A reminder ready to copy or to send"),
           ("l",), frozenset({"clock", "blocker"})),
    Action("work.done", N_("done"), N_("Solved or done"), ("x",), WORK),
    Action("work.snooze", N_("snooze"), N_("Out of sight until a date; comes back at its rank"), ("r",), WORK),
    Action("work.delegate", N_("delegate"), N_("Somebody else carries it, with a reminder"), ("g",), WORK),
    Action("work.wait", N_("waiting on"), N_("Who we wait for"), ("w",), WORK),
    Action("work.next", N_("next step"), N_("What happens next"), ("p",), WORK),
    Action("work.escalate", N_("escalate"), N_("One step up: what is asked of whom at the next level"),
           ("e",), frozenset({"blocker"})),
    Action("decision.arbitrate", N_("decide it"), N_("Decide what this blocker waits for, in one line"),
           ("o",), frozenset({"blocker"})),
    Action("decision.supersede", N_("replace"), N_("Decide anew: a decision is superseded, never edited"),
           ("r",), frozenset({"decision"})),
    Action("prepare.line", N_("prepare"), N_("A line about it for the chief executive's review of today"),
           ("j",), PREPARED),
    Action("priority.pick", N_("of the day"), N_("One of the three priorities of today, or no longer"),
           ("space",), frozenset({"priority"})),
    Action("ritual.held", N_("held or not"), N_("Say whether this meeting was held"),
           ("space",), frozenset({"meeting"})),
    Action("ritual.shared", N_("agenda sent"), N_("The agenda of this meeting was shared; again: it was not"),
           ("g",), frozenset({"meeting"})),
    Action("rank.why", N_("why here"), N_("Why this rank: the parts of the heat; who does what next of an alert"),
           ("i",), frozenset({"blocker", "alert"})),
    Action("link.open", N_("join"), N_("Open the link of the call or of the status page"), ("o",),
           frozenset({"event", "provider"})),
    Action("provider.acknowledge", N_("seen"), N_("Somebody takes care of this trouble; said again, nobody does"),
           ("x",), PROVIDER),
    Action("provider.mute", N_("mute"), N_("No alert about it until a date; said again, alerts are back"),
           ("r",), PROVIDER),
    Action("provider.problem", N_("we see it"), N_("We see a problem, whatever its page says; again: it is settled"),
           ("p",), PROVIDER),
    Action("provider.exchange", N_("spoke"), N_("Note that we spoke with this provider, about what"),
           ("e",), PROVIDER),
    Action("provider.colour", N_("by hand"), N_("The state of a provider without a page, given by hand until a date"),
           ("c",), PROVIDER),
    Action("provider.add", N_("add"), N_("Add a status page, by the name of a usual tool or by its address"),
           ("a",), frozenset({"provider", "providers"})),
    Action("alert.seen", N_("seen"), N_("Somebody takes care of this alert: quiet until it is over or worse"),
           ("space",), frozenset({"alert"})),
    Action("alert.mute", N_("mute"), N_("No word of this alert until a date"), ("t",), frozenset({"alert"})),
    Action("statement.block", N_("blocker"), N_("Make this statement a blocker"), ("c",), frozenset({"statement"})),
    Action("statement.alert", N_("alert"), N_("Put this statement among the alerts"),
           ("a",), frozenset({"statement"})),
    Action("statement.note", N_("note on"), N_("Add this statement to the note of a record"),
           ("p",), frozenset({"statement"})),
    Action("statement.refuse", N_("refuse"), N_("Nothing becomes of this statement, and why"),
           ("x",), frozenset({"statement"})),
    Action("statement.thank", N_("thank"), N_("A line of thanks, ready to copy or to send"),
           ("l",), frozenset({"statement"})),
    Action("field.edit", N_("edit"), N_("Change this field"), ("enter",), frozenset({"field"})),
    Action("record.create", N_("create"), N_("A new record in this register"), ("c",),
           frozenset({"register"})),
    Action("row.select", N_("select"), N_("Select this row, or no longer; e, Del and z then act on the selection"),
           ("space",), frozenset({"row"})),
    Action("row.select_all", N_("all rows"), N_("Select every row that is shown; again: none"), ("asterisk",),
           frozenset({"row"}), shown=False),
    Action("row.edit", N_("edit"), N_("Change one field of the selected rows, or of this one"), ("e",),
           frozenset({"row"})),
    Action("record.copy", N_("duplicate"), N_("A copy of this record under another name"), ("j",),
           frozenset({"entered"})),
    Action("table.filter", N_("filter"), N_("Show the rows that hold these words; field:word looks in one field"),
           ("l",), frozenset({"table"})),
    Action("table.sort", N_("sort"), N_("Sort by this column the other way round, then by the next one"), ("t",),
           frozenset({"table"})),
    Action("table.sort_by", N_("sort by"), N_("Sort by the column that you name"), ("T", "shift+t"),
           frozenset({"table"}), shown=False),
    Action("table.columns", N_("columns"), N_("Choose the columns of this table and their order"), ("h",),
           frozenset({"table"})),
    Action("table.archived", N_("archived"), N_("Show the archived ones too; again: hide them"), ("a",),
           frozenset({"table"})),
    Action("record.archive", N_("archive"), N_("Out of every list; its history stays"), ("delete",),
           frozenset({"record"})),
    Action("record.restore", N_("bring back"), N_("This archived record is back in the lists"), ("z",),
           frozenset({"archived"})),
    Action("register.import", N_("import"), N_("Read a spreadsheet (CSV, XLSX) into this register, after a look at it"),
           ("i",), frozenset({"table"})),
    Action("register.export", N_("export"), N_("Write this register into a file: .xlsx, .csv or .json"), ("o",),
           frozenset({"table"})),
    Action("import.write", N_("write"), N_("Write what the plan says, as one change"), ("w",),
           frozenset({"import-ready"})),
    Action("import.create", N_("create missing"), N_("Make, by their name, the records that references miss"), ("c",),
           frozenset({"import-missing"})),
    Action("import.reason", N_("reason"), N_("Why functions leave the house before their map is complete"), ("r",),
           frozenset({"import-reason"})),
    Action("import.sheet", N_("next sheet"), N_("Read the next sheet of the workbook"), ("t",),
           frozenset({"import-sheets"})),
    Action("flash", N_("flash point"), N_("The flash point: prepare it, lead it, take it up again"), ("f",)),
    Action("kickoff", N_("kick-off"), N_("The weekly kick-off: prepare it, lead it, take it up again"), ("k",),
           shown=False),
    Action("live.share", N_("share"), N_("Share the agenda, after a preview"), ("o",), frozenset({"live-before"})),
    Action("live.add", N_("add"), N_("Put a blocker on the agenda, by its code"), ("b",), frozenset({"live-before"})),
    Action("live.up", N_("up"), N_("This subject earlier"), ("plus", "equals_sign"), frozenset({"live-before"})),
    Action("live.down", N_("down"), N_("This subject later"), ("minus",), frozenset({"live-before"})),
    Action("live.remove", N_("remove"), N_("Take this subject off the agenda"), ("x",), frozenset({"live-before"})),
    Action("live.there", N_("there"), N_("This person is there, or not after all"), ("space",),
           frozenset({"live-people"})),
    Action("live.late", N_("late"), N_("This person comes late, now"), ("z",), frozenset({"live-people"})),
    Action("live.person", N_("somebody"), N_("Somebody who was not expected is there"), ("b",),
           frozenset({"live-people"})),
    Action("live.kept", N_("kept"), N_("This commitment was kept, or not after all"), ("space",),
           frozenset({"live-commitments"})),
    Action("live.choose", N_("choose"), N_("One of the three priorities of the week, or no longer"), ("space",),
           frozenset({"live-priorities"})),
    Action("live.decide", N_("decision"), N_("Write down a decision, in one line"), ("d",),
           frozenset({"live-running"})),
    Action("live.action", N_("action"), N_("Write down an action, in one line"), ("a", "n"),
           frozenset({"live-running"})),
    Action("live.park", N_("parking"), N_("A word for later"), ("p",), frozenset({"live-running"})),
    Action("live.solve", N_("solved"), N_("The subject is settled"), ("x",), frozenset({"live-subject"})),
    Action("live.wait", N_("waits for"), N_("The subject waits for somebody"), ("w",), frozenset({"live-subject"})),
    Action("live.escalate", N_("escalate"), N_("One step up the ladder"), ("e",), frozenset({"live-subject"})),
    Action("live.extra", N_("+1 min"), N_("One more minute for this part, once"), ("plus", "equals_sign"),
           frozenset({"live-running"})),
    Action("live.veil", N_("veil"), N_("Show or hide what is restricted"), ("v",),
           frozenset({"live-before", "live-running"})),
    Action("live.take", N_("lead"), N_("I lead this meeting from now on"), ("t",), frozenset({"live-running"}),
           shown=False),
    Action("live.close", N_("close"), N_("Close the meeting: its minutes, after a preview"), ("c",),
           frozenset({"live-running"})),
    Action("live.file", N_("file again"), N_("Write the minutes into the folder again"), ("c",),
           frozenset({"live-after"})),
    Action("selfaudit", N_("self-audit"),
           N_("The self-audit: twenty minutes to a first map; goes on where it was left"), (), shown=False),
    Action("map.selfaudit", N_("self-audit"),
           N_("The self-audit: twenty minutes to a first map; goes on where it was left"), ("t",), frozenset({"map"})),
    Action("audit.start", N_("audit"), N_("Audit an outsourced function on four axes; goes on where it was left"),
           (), shown=False),
    Action("level.start", N_("right level"), N_("Review how far a function is outsourced; goes on where it was left"),
           (), shown=False),
    Action("function.audit", N_("audit"), N_("Audit this function on four axes; goes on where it was left"),
           ("A", "shift+a"), frozenset({"function"})),
    Action("function.level", N_("right level"), N_("Review how far this function is outsourced"),
           ("L", "shift+l"), frozenset({"function"})),
    Action("handover.start", N_("handover"), N_("A handover from a template, of somebody by name"), (), shown=False),
    Action("person.handover", N_("handover"), N_("A handover from a template: arrival, departure, end of mission"),
           ("p",), frozenset({"person"})),
    Action("contract.decide", N_("decided"),
           N_("What was decided of this contract: renewed on purpose, notice sent on a day, renegotiating"),
           ("p",), frozenset({"contract"})),
    Action("step.done", N_("done"), N_("This step of the handover is done today; again: it is not"),
           ("x",), frozenset({"step"})),
    Action("ask.yes", N_("yes"), N_("Answer yes"), ("o", "y"), frozenset({"ask-answer"})),
    Action("ask.partly", N_("partly"), N_("Answer partly"), ("p",), frozenset({"ask-answer"})),
    Action("ask.no", N_("no"), N_("Answer no"), ("n",), frozenset({"ask-answer"})),
    Action("ask.unknown", N_("not known"), N_("Answer that it is not known"), ("i",), frozenset({"ask-answer"})),
    Action("ask.keep", N_("keep or drop"), N_("The company has this function, or it has not"), ("space",),
           frozenset({"ask-function"})),
    Action("ask.mode", N_("mode"), N_("Internal, external, time-shared, mixed: the next one"), ("m",),
           frozenset({"ask-function"})),
    Action("ask.core", N_("core value"), N_("Core value, to be kept in-house, or not"), ("c",),
           frozenset({"ask-function"})),
    Action("ask.add", N_("add"), N_("A function of your own, an action that follows of an audit"), ("a",),
           frozenset({"ask-function", "ask-end"})),
    Action("ask.1", N_("– 4 mark"), N_("A mark from 1 to 4: criticality, value, skill"), ("1", "ampersand"), _MARKED),
    Action("ask.2", N_("2 of 4"), N_("The second of four marks"), ("2", "é"), _MARKED, shown=False),
    Action("ask.3", N_("3 of 4"), N_("The third of four marks"), ("3", "quotation_mark"), _MARKED, shown=False),
    Action("ask.4", N_("4 of 4"), N_("The highest of four marks"), ("4", "apostrophe"), _MARKED, shown=False),
    Action("ask.remove", N_("take off"), N_("Take this action off again"), ("x",), frozenset({"ask-action"})),
    Action("undo", N_("undo"), N_("Take back the last change"), ("u",)),
    Action("redo", N_("redo"), N_("Do again what was taken back"), ("U", "shift+u"), shown=False),
    Action("find", N_("find"), N_("Find a record by its words, accents or not"), ("slash", "f3")),
    Action("sync", N_("sync"), N_("Read every agenda and status page now"), ("s",)),
    Action("go.cockpit", N_("Cockpit"), N_("The cockpit"), ("1", "ampersand"), shown=False),
    Action("go.week", N_("Week"), N_("The week's agenda, hour by hour"), ("2", "é"), shown=False),
    Action("go.organisation", N_("Organisation"), N_("Functions, people, providers, contracts, rituals"),
           ("3", "quotation_mark"), shown=False),
    Action("go.journal", N_("Journal"), N_("Everything that was changed, by whom"),
           ("5", "left_parenthesis"), shown=False),
    Action("org.next", N_("next view"), N_("The next view of the organisation"), ("semicolon",),
           frozenset({"organisation"})),
    Action("org.previous", N_("view before"), N_("The view of the organisation before this one"), ("comma",),
           frozenset({"organisation"}), shown=False),
    Action("what_if", N_("what if"), N_("What would break if this person or provider left, and what is ready"),
           ("w",), frozenset({"organisation", "person", "provider"})),
    Action("flow.exchange", N_("took place"), N_("This exchange took place today"), ("e",), frozenset({"flow"})),
    Action("org.map", N_("Map"), N_("The organisation: functions by mode, who carries them, their flows"), (),
           shown=False),
    Action("org.interfaces", N_("Interfaces"), N_("The organisation: who gives what to whom, and the grey zones"),
           (), shown=False),
    Action("org.risks", N_("Risks"), N_("The organisation: the risks on the 5x5 heat maps"), (), shown=False),
    Action("org.continuity", N_("Continuity"), N_("The organisation: plans, backups and drills"), (), shown=False),
    Action("org.contracts", N_("Contracts"), N_("The organisation: terms and notice dates of two years"), (),
           shown=False),
    Action("org.raci", N_("RACI"), N_("The organisation: who does what, who decides"), (), shown=False),
    Action("org.registers", N_("Registers"), N_("The organisation: its registers, as tables"), (), shown=False),
    Action("agenda.feeds", N_("agendas"), N_("Every agenda: how fresh it is, what was repaired, what is doubted"),
           ("i",), frozenset({"agenda"})),
    Action("slots.find", N_("free slot"), N_("When people are free together, for a flash point"), ("l",),
           frozenset({"week"})),
    Action("zone", N_("zone"), N_("Show days and hours of another time zone, while travelling"), ("z",),
           frozenset({"week"})),
    Action("veil", N_("veil"), N_("Hide what is above the level of the room while the screen is shared"),
           ("v",), shown=False),
    Action("outbox", N_("outbox"), N_("What left, what is to leave, what was not delivered"), ("y",), shown=False),
    Action("theme", N_("theme"), N_("Dark, light or high contrast"), ("f2",), shown=False),
    Action("screenshot", N_("picture"), N_("Save a picture of the screen (SVG)"), ("f12",), shown=False),
    Action("palette", N_("palette"), N_("Any action or record, by typing"), ("ctrl+p",), shown=False),
    Action("help", N_("help"), N_("Every key"), ("question_mark", "f1")),
    Action("quit", N_("quit"), N_("Leave; everything is saved"), ("q", "ctrl+q"), shown=False),
)  # fmt: skip

RESERVED = frozenset(
    [
        "tab",
        "shift+tab",
        "enter",
        "escape",
        "up",
        "down",
        "left",
        "right",
        "home",
        "end",
        "pageup",
        "pagedown",
    ]
)
"""Keys that move; no action may take them."""
BY_ID: Mapping[str, Action] = {action.id: action for action in ACTIONS}


class KeyClash(ValueError):
    """Two actions that can meet were given one key; the arguments are the key and the two ids."""


def with_keys(remapped: Mapping[str, str]) -> tuple[Action, ...]:
    """The actions with the keys of the configuration (`id = "key,key"`).

    Raises KeyError for an unknown id and KeyClash when two actions would answer to one key in one place.
    """
    for unknown in remapped.keys() - BY_ID.keys():
        raise KeyError(unknown)
    for action_id, keys in remapped.items():
        if not _keys(keys):
            raise KeyError(action_id)
        for key in _keys(keys):
            if key in RESERVED:
                raise KeyClash(key, _("moving between rows and panes"), action_id)
    chosen = tuple(
        Action(a.id, a.title, a.help, _keys(remapped[a.id]), a.scope, a.shown) if a.id in remapped else a
        for a in ACTIONS
    )
    taken: list[tuple[str, Action]] = []
    for action in chosen:
        for key in action.keys:
            for other_key, other in taken:
                if key == other_key and _meet(action, other):
                    raise KeyClash(key, other.id, action.id)
            taken.append((key, action))
    return chosen


def _keys(text: str) -> tuple[str, ...]:
    return tuple(key.strip() for key in text.split(",") if key.strip())


def _meet(one: Action, other: Action) -> bool:
    if _is_modal(one) != _is_modal(other):
        return (other if _is_modal(one) else one).id in IN_LIVE
    return ANY in (one.scope, other.scope) or bool(one.scope & other.scope)


def _is_modal(action: Action) -> bool:
    return all(kind.startswith(MODAL) for kind in action.scope)
