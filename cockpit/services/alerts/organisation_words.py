"""The words of the alerts on the organisation: one sentence each, and who does what next."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.locale import N_

TEXTS: Mapping[str, str] = {
    "audit_never": N_("Audit {subject}: it was never done"),
    "audit_never_many": N_("{days} critical functions were never audited"),
    "audit_due": N_("Audit {subject} within {days} days"),
    "audit_due_many": N_("{days} audits are due"),
    "audit_late": N_("Audit {subject}: {days} days late"),
    "audit_late_many": N_("{days} audits are late"),
    "level_due": N_("Look again at how far {subject} is outsourced, within {days} days"),
    "level_due_many": N_("{days} functions are to be looked at again"),
    "level_late": N_("Look again at how far {subject} is outsourced: {days} days late"),
    "level_late_many": N_("{days} reviews of functions are late"),
    "plan_missing": N_("Write the continuity plan of {subject}"),
    "plan_missing_many": N_("{days} critical functions have no continuity plan"),
    "plan_untried": N_("Try out the continuity plan of {subject}"),
    "plan_untried_many": N_("{days} continuity plans were never tried out"),
    "handover_none": N_("Prepare the handover of {subject}: {days} days left"),
    "handover_none_many": N_("{days} people leave soon without a handover"),
    "handover_late": N_("Steps late: {days}, {subject}"),
    "access_review": N_("Review the administrator access {subject}"),
    "access_review_many": N_("{days} administrator accesses were not reviewed for 90 days"),
    "revoke_open": N_("Take away the accesses of {subject}: {days} still open"),
    "revoke_contract": N_("Contract ended, accesses of {subject} still open: {days}"),
    "trial_over": N_("Say keep or stop: {subject}"),
    "trial_over_many": N_("{days} trials are over without a verdict"),
    "report_owed": N_("Report late from {who}, {days} days: {subject}"),
    "report_owed_many": N_("{days} expected reports are late"),
    "core_exposed": N_("Core value exposed, {detail}: {subject}"),
    "core_exposed_many": N_("{days} core-value functions are exposed"),
    "drill_failed": N_("The last drill failed: {subject}"),
    "drill_failed_many": N_("{days} continuity plans failed their last drill"),
    "drill_old": N_("Try out again, the last drill is {days} days old: {subject}"),
    "drill_old_many": N_("{days} continuity plans were not tried out for a year"),
    "plan_review": N_("Read the continuity plan again, {days} days late: {subject}"),
    "plan_review_many": N_("{days} continuity plans are to be read again"),
    "risk_review": N_("Look at the risk again, {days} days late: {subject}"),
    "risk_review_many": N_("{days} risks are to be looked at again"),
}
_AUDIT = N_("{me}: open it, A begins the audit (20 min)")
_LEVEL = N_("{me}: open it, L begins the review")
_PLAN = N_("{me}: write who takes over, in which steps, within how many hours")
_DRILL = N_("{me}: choose a day with {who} and try it out")
_HANDOVER = N_("{me}: open it, p begins the handover")
_ACCESS = N_("{me}: check level and holder with {who}, then note the day of the review")
_REVOKE = N_("{me}: have each access revoked today, and note it in the register")
_TRIAL = N_("{who}: write what was learned, and the verdict")
_REPORT = N_("{me}: remind {who}")
_MEND = N_("{me}: mend what failed, then choose a day to try it out again")
_AGAIN = N_("{me}: open it, correct what has changed, and date the next review")
_CORE = N_("{me}: name a backup in-house, and have it written down")
NEXT: Mapping[str, str] = {
    "audit_never": _AUDIT, "audit_never_many": _AUDIT, "audit_due": _AUDIT, "audit_due_many": _AUDIT,
    "audit_late": _AUDIT, "audit_late_many": _AUDIT, "level_due": _LEVEL, "level_due_many": _LEVEL,
    "level_late": _LEVEL, "level_late_many": _LEVEL, "plan_missing": _PLAN, "plan_missing_many": _PLAN,
    "plan_untried": _DRILL, "plan_untried_many": _DRILL, "handover_none": _HANDOVER,
    "handover_none_many": _HANDOVER, "handover_late": N_("{me}: open it, x ticks a step off"),
    "access_review": _ACCESS, "access_review_many": _ACCESS, "revoke_open": _REVOKE, "revoke_contract": _REVOKE,
    "trial_over": _TRIAL, "trial_over_many": _TRIAL, "report_owed": _REPORT, "report_owed_many": _REPORT,
    "core_exposed": _CORE, "core_exposed_many": _CORE, "drill_failed": _MEND, "drill_failed_many": _MEND,
    "drill_old": _DRILL, "drill_old_many": _DRILL, "plan_review": _AGAIN, "plan_review_many": _AGAIN,
    "risk_review": _AGAIN, "risk_review_many": _AGAIN,
}  # fmt: skip
