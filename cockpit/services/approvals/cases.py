"""What a circuit is asked about an approval, with what the registers know of the people that it names."""

from __future__ import annotations

from cockpit.domain.approvals.routing import ApprovalCase
from cockpit.domain.dataclasses import replace
from cockpit.domain.registers.approval import Approval
from cockpit.domain.registers.circuit import Circuit
from cockpit.domain.registers.scope import Scope
from cockpit.services.desk import identities
from cockpit.services.desk.workspace import Workspace
from cockpit.services.work import ladder

DELAY = "8ho"
"""How long somebody has to answer where the circuit says nothing: a working day."""


class Cases:
    """The circuits, the posts and the people, read once for many approvals."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.names = workspace.names()
        self.chief = self.code(workspace.chief)
        self._circuits = ladder.circuits(workspace)
        self._scopes = workspace.select(Scope, "scope", "archived_at IS NULL AND decides_up_to IS NOT NULL")
        rows = workspace.conn.execute(
            "SELECT code FROM person WHERE archived_at IS NOT NULL OR ends_on < ?",
            (workspace.today().isoformat(),),
        )
        self._gone = frozenset(row["code"] for row in rows)

    def code(self, who: str) -> str:
        """The code of somebody that a record names, else the name as it stands."""
        return identities.resolve(self.names, ("person",), who) or who if who else ""

    def named(self, who: str) -> str:
        """Whom a name means that a person typed. Raises WrongValue for nobody, SeveralNames for two."""
        if self.code(who) == self.chief:
            return self.chief
        return identities.one(self.names, ("person",), who)

    def circuit(self, code: str, function: str) -> Circuit:
        """The circuit of that code, else of that function, else of everything; its people by their codes."""
        found = next((each for each in self._circuits if code and each.code == code), None)
        found = found or ladder.circuit_of(self._circuits, function)
        return replace(
            found,
            decider=self.code(found.decider),
            deputy=self.code(found.deputy),
            level_3=self.code(found.level_3),
        )

    def is_gone(self, who: str) -> bool:
        """Whether somebody left, or is archived."""
        return who in self._gone

    def limit_of(self, who: str, function: str = "") -> int | None:
        """Up to what amount the post of somebody decides: that of the function, else the highest."""
        theirs = [each for each in self._scopes if each.holder == who]
        own = [each for each in theirs if function and each.function == function]
        return max((each.decides_up_to or 0 for each in own or theirs), default=None)

    def of(self, *, circuit: Circuit, amount: int | None, function: str, submitter: str) -> ApprovalCase:
        """What the circuit is asked."""
        return ApprovalCase(
            circuit=circuit, amount=amount, submitter=self.code(submitter), chief=self.chief,
            limit_of=lambda who: self.limit_of(who, function), is_gone=self.is_gone,
        )  # fmt: skip

    def of_approval(self, found: Approval) -> ApprovalCase:
        """The same, of what was submitted already."""
        circuit = self.circuit(found.circuit, found.function)
        return self.of(
            circuit=circuit, amount=found.amount, function=found.function, submitter=found.submitted_by
        )
