"""What the one-line bar asks about a provider: why, until when, which state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual.content import Content

from cockpit.domain.dataclasses import replace
from cockpit.domain.providers.state import State
from cockpit.domain.text import clean, fold, typed
from cockpit.locale import _, pgettext
from cockpit.services.desk import dates, forms, links
from cockpit.services.desk.workspace import Workspace
from cockpit.services.providers import catalogue, our_words
from cockpit.services.providers.add import CannotAdd, meant
from cockpit.services.providers.provider_line import ProviderLine
from cockpit.services.providers.state_words import STATES
from cockpit.ui.kit.questions import date_hint, future, offers
from cockpit.ui.widgets.entry_bar import Question

OnProvider = Callable[[Workspace, ProviderLine], Question]


def add(opened: Callable[[str], object]) -> Question:
    """Which tool, or which address."""

    def accept(text: str) -> str:
        try:
            meant(text)
        except CannotAdd as error:
            raise forms.WrongValue(str(error)) from error
        opened(text)
        return ""

    def hint(text: str) -> Content:
        found = catalogue.search(text, 4)
        if not found:
            return Content.styled(_("a tool such as slack, teams, drive; or https://…"), "$quiet")
        first, *others = found
        shown = Content.styled("→ ", "$accent") + Content(f"{first.name} · {links.host(first.url)}")
        if first.remark:
            shown += Content.styled(f" ({first.remark})", "$warning")
        rest = " · ".join(tool.name for tool in others)
        return shown + Content.styled(f"   {rest}", "$quiet")

    def names(typed: str) -> tuple[str, ...]:
        return tuple(tool.name for tool in catalogue.search(typed))

    return Question(
        place="provider:add", title=_("add the status page of"), accept=accept, hint=hint,
        complete=offers(names, several=False),
    )  # fmt: skip


def acknowledge(workspace: Workspace, line: ProviderLine) -> Question:
    """Who takes care of it, or why it can wait."""

    def accept(text: str) -> str:
        our_words.acknowledge(workspace, line.about, text)
        return _("{name} seen, until it is over · u undoes").format(name=line.name)

    return _reason(line, "seen", _("{name}: seen by, or why").format(name=line.name), accept, needed=False)


def mute(workspace: Workspace, line: ProviderLine) -> Question:
    """Until when, then why."""

    def save(until: datetime, reason: str) -> str:
        our_words.mute(workspace, line.about, reason, until)
        return _("{name} muted until {when} · u undoes").format(
            name=line.name, when=dates.moment(until, workspace.now())
        )

    return _until(workspace, line, "mute", _("mute {name} until").format(name=line.name), save)


def problem(workspace: Workspace, line: ProviderLine) -> Question:
    """What we see; a state at its beginning says how bad."""

    def accept(text: str) -> str:
        state, what = _leading_state(text)
        our_words.report_problem(workspace, line.about, what, state)
        return _("{name}: we see a problem · p settles it · u undoes").format(name=line.name)

    def hint(text: str) -> Content:
        state, what = _leading_state(text)
        glyph, word = STATES[state]
        return Content.styled("→ ", "$accent") + Content(f"{glyph} {_(word)} · {what}")

    asked = _reason(line, "problem", _("{name}: what do we see").format(name=line.name), accept)
    return replace(asked, hint=hint)


def exchange(workspace: Workspace, line: ProviderLine) -> Question:
    """About what we spoke."""

    def accept(text: str) -> str:
        our_words.note_exchange(workspace, line.about, text)
        return _("{name}: exchange noted · u undoes").format(name=line.name)

    return _reason(line, "exchange", _("{name}: we spoke about").format(name=line.name), accept)


def by_hand(workspace: Workspace, line: ProviderLine) -> Question:
    """Which state, until when, then why."""

    def accept(text: str) -> Question:
        state = state_named(text)
        if state is None:
            raise forms.WrongValue(_("choose one of: {choices}").format(choices=", ".join(_state_words())))

        def save(until: datetime, reason: str) -> str:
            our_words.set_state(workspace, line.about, state, reason, until)
            return _("{name}: {state} until {when} · u undoes").format(
                name=line.name, state=_(STATES[state][1]), when=dates.moment(until, workspace.now())
            )

        return _until(workspace, line, "colour", _("{name}: until").format(name=line.name), save)

    return Question(
        place=f"colour:{line.key}", title=_("state of {name}").format(name=line.name), accept=accept,
        hint=lambda _text: Content.styled(", ".join(_state_words()), "$quiet"),
        complete=offers(_states_beginning, several=False),
        keeps_draft=False,
    )  # fmt: skip


def state_named(text: str) -> State | None:
    """The state whose word, in the current language or in English, begins with `text`."""
    wanted = fold(clean(text))
    words = {state: {fold(_(word)), fold(word), state.value} for state, (_glyph, word) in STATES.items()}
    exact = [state for state, known in words.items() if wanted in known]
    close = [state for state, known in words.items() if any(each.startswith(wanted) for each in known)]
    found = exact or close
    return found[0] if wanted and len(found) == 1 else None


def _leading_state(text: str) -> tuple[State, str]:
    """`panne: rien ne s'ouvre` is an outage; without such a word it is degraded."""
    word, colon, rest = typed(text).partition(":")
    state = state_named(word) if colon else None
    return (state, rest.strip()) if state else (State.DEGRADED, typed(text))


def _state_words() -> list[str]:
    return [_(word) for state, (_glyph, word) in STATES.items() if state is not State.UNKNOWN]


def _states_beginning(typed: str) -> tuple[str, ...]:
    return tuple(word for word in _state_words() if fold(word).startswith(fold(typed)))


def _until(
    workspace: Workspace, line: ProviderLine, kind: str, title: str, save: Callable[[datetime, str], str]
) -> Question:
    def accept(text: str) -> Question:
        until = future(workspace, text, any_day=True)
        return _reason(line, kind, _("{name}: why").format(name=line.name), lambda why: save(until, why))

    return Question(
        place=f"{kind}:{line.key}:until", title=title, accept=accept, keeps_draft=False,
        hint=lambda text: date_hint(workspace, text, any_day=True), text=pgettext("typed", "tomorrow"),
    )  # fmt: skip


def _reason(
    line: ProviderLine, kind: str, title: str, save: Callable[[str], str], *, needed: bool = True
) -> Question:
    def accept(text: str) -> str:
        if needed and not clean(text):
            raise forms.WrongValue(_("a word of explanation is needed here"))
        return save(typed(text))

    return Question(
        place=f"{kind}:{line.key}", title=title, accept=accept,
        hint=lambda _text: Content.styled(_("a few words, for whoever reads it later"), "$quiet"),
    )  # fmt: skip
