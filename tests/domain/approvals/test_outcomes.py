"""Approvals: whom a circuit names with who was passed over and why, and what answers from outside say."""

from __future__ import annotations

from typing import Any

import pytest

from cockpit.domain.approvals.content import CONTENT, content_of
from cockpit.domain.approvals.replies import Reply, ReplyKind, read_reply, token_in
from cockpit.domain.approvals.routing import (
    ApprovalCase,
    PassedOver,
    may_answer,
    may_decide,
    route,
    stand_in,
)
from cockpit.domain.dataclasses import replace
from cockpit.domain.registers import REGISTERS
from cockpit.domain.registers.circuit import Circuit
from cockpit.domain.registers.decision import Decision
from cockpit.domain.registers.process import Process

CIRCUIT = Circuit(decider="yanis", deputy="karim", level_3="lea", threshold=100)
POSTS = {"ines": 50, "yanis": 70, "zoe": 0}
SUBMITTED, GONE, ABOVE, LATE = PassedOver.SUBMITTED, PassedOver.GONE, PassedOver.ABOVE, PassedOver.LATE


def case(*gone: str, amount: int | None = None, submitter: str = "marc", **circuit: Any) -> ApprovalCase:
    return ApprovalCase(
        circuit=replace(CIRCUIT, **circuit), amount=amount, submitter=submitter, chief="claire", limit_of=POSTS.get,
        is_gone=lambda who: who in gone,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "late", "who", "over"),
    [
        (case(), "", "yanis", ()), (case(amount=100), "", "yanis", ()), (case(amount=0, threshold=0), "", "yanis", ()),
        (case(amount=101), "", "lea", (("yanis", ABOVE), ("karim", ABOVE))),
        (case(amount=101, level_3=""), "", "claire", (("yanis", ABOVE), ("karim", ABOVE))),
        (case("lea", amount=101), "", "claire", (("yanis", ABOVE), ("karim", ABOVE), ("lea", GONE))),
        (case(submitter="yanis"), "", "karim", (("yanis", SUBMITTED),)),
        (case("karim", submitter="yanis"), "", "lea", (("yanis", SUBMITTED), ("karim", GONE))),
        (case(submitter="yanis", approves_own=True), "", "yanis", ()), (case("yanis"), "", "karim", (("yanis", GONE),)),
        (case(), "yanis", "karim", (("yanis", LATE),)),
        (case("karim"), "yanis", "lea", (("yanis", LATE), ("karim", GONE))),
        (case(), "lea", "yanis", ()),
        # Who left, submitted it and is above it: the first that holds is told.
        (case("yanis", amount=101, submitter="yanis"), "yanis", "lea", (("yanis", ABOVE), ("karim", ABOVE))),
        (case("yanis", submitter="yanis"), "yanis", "karim", (("yanis", SUBMITTED),)),
        (case("yanis"), "yanis", "karim", (("yanis", GONE),)),
        # Each is told once, who stands twice in the circuit too.
        (case("yanis", level_3="yanis", deputy=""), "", "claire", (("yanis", GONE),)),
        (case("yanis", "karim", "lea", "claire"), "", "",
         (("yanis", GONE), ("karim", GONE), ("lea", GONE), ("claire", GONE))),
        # Who is level 3 or the chief executive decides above the amount, as decider or deputy too.
        (case(amount=101, decider="lea"), "", "lea", ()), (case(amount=101, decider="claire"), "", "claire", ()),
        (case(amount=101, deputy="lea"), "", "lea", (("yanis", ABOVE),)),
        # Without an amount in the circuit it is the post of the decider that says it, or nobody.
        (case(amount=70, threshold=None), "", "yanis", ()),
        (case(amount=71, threshold=None), "", "lea", (("yanis", ABOVE), ("karim", ABOVE))),
        (case(amount=10**9, threshold=None, decider="omar"), "", "omar", ()),
        (case(decider="", deputy="", level_3=""), "", "claire", ()),
    ],
)  # fmt: skip
def test_a_circuit_names_who_is_asked_and_tells_who_was_passed_over(
    asked: ApprovalCase, late: str, who: str, over: tuple[tuple[str, PassedOver], ...]
) -> None:
    found = route(asked, late)
    assert (found.who, found.over) == (who, over)


@pytest.mark.parametrize(
    ("asked", "late", "who"),
    [
        (case(), "yanis", "karim"), (case(), "omar", "karim"), (case(), "karim", ""), (case(), "lea", ""),
        (case(), "claire", ""), (case(deputy=""), "yanis", ""), (case("karim"), "yanis", ""),
        (case("yanis"), "yanis", "karim"),
        (case(submitter="karim"), "yanis", ""), (case(submitter="karim", approves_own=True), "yanis", "karim"),
        (case(amount=101), "yanis", ""), (case(amount=100), "yanis", "karim"),
        (case(amount=101, deputy="lea"), "yanis", "lea"),
        (case(decider="lea"), "lea", "karim"), (case(decider="claire", level_3=""), "claire", "karim"),
        (case(level_3=""), "claire", ""),
    ],
)  # fmt: skip
def test_the_deputy_takes_over_from_whoever_is_late_and_not_above_them(
    asked: ApprovalCase, late: str, who: str
) -> None:
    assert stand_in(asked, late) == who


def answering(asked: ApprovalCase, approver: str) -> str:
    everybody = ("", "yanis", "karim", "lea", "claire", "ines", "marc")
    return " ".join(who for who in everybody if may_answer(asked, approver, who))


def deciding(asked: ApprovalCase) -> str:
    everybody = ("yanis", "karim", "lea", "claire", "ines", "omar", "marc", "zoe")
    return " ".join(who for who in everybody if may_decide(asked, who))


@pytest.mark.parametrize(
    ("asked", "approver", "answers", "decides"),
    [
        (case(), "karim", "yanis karim lea claire", "yanis karim lea claire ines omar zoe"),
        (case(), "yanis", "yanis lea claire", "yanis karim lea claire ines omar zoe"),
        (case(amount=101), "lea", "lea claire", "lea claire omar"),
        (case(amount=101), "ines", "lea claire ines", "lea claire omar"),
        (case(amount=100), "lea", "yanis lea claire", "yanis karim lea claire omar"),
        (case(amount=50), "yanis", "yanis lea claire", "yanis karim lea claire ines omar"),
        (case(amount=51), "yanis", "yanis lea claire", "yanis karim lea claire omar"),
        (case(submitter="lea"), "yanis", "yanis claire", "yanis karim claire ines omar marc zoe"),
        (case(submitter="yanis", approves_own=True), "yanis", "yanis lea claire",
         "yanis karim lea claire ines omar marc zoe"),
        (case(level_3=""), "yanis", "yanis claire", "yanis karim lea claire ines omar zoe"),
        (case(decider="", level_3=""), "", "claire", "yanis karim lea claire ines omar zoe"),
    ],
)  # fmt: skip
def test_who_may_answer_and_to_whom_it_may_be_handed(
    asked: ApprovalCase, approver: str, answers: str, decides: str
) -> None:
    assert answering(asked, approver) == answers
    assert deciding(asked) == decides


YES, NO, QUESTION, UNCLEAR = ReplyKind.YES, ReplyKind.NO, ReplyKind.QUESTION, ReplyKind.UNCLEAR
MARK = "AP-12-RBUHZ6ACPF"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("oui", Reply(YES)), ("J'approuve", Reply(YES)), ("I approve.", Reply(YES)), ("Validée !", Reply(YES)),
        ("  Approved  ", Reply(YES)), ("Oui oui", Reply(UNCLEAR)), ("ou i", Reply(UNCLEAR)), ("Refuse", Reply(NO)),
        # A closing and four lines of a signature, and not one more; closings among them do not count.
        ("Oui\nMerci\na\nb\nc\nd", Reply(YES)), ("Oui\nMerci\na\nb\nc\nd\ne", Reply(UNCLEAR)),
        ("Oui\nMerci\nCordialement\na\nb\nc\nd", Reply(YES)), ("Oui\nmon accord\nMerci", Reply(UNCLEAR)),
        ("Oui\nMerci\nMarc\nP.S. sauf la colle", Reply(UNCLEAR)), ("Oui\nMerci\nMarc\nps: non", Reply(UNCLEAR)),
        ("Oui\nMerci\nMarc\np s non", Reply(UNCLEAR)), ("Oui\nMerci\nPsy SARL", Reply(YES)),
        # A greeting is none of it, and neither is what was quoted or stands below two dashes.
        ("Bonjour,\nOui", Reply(YES)), ("Dear Claire,\nyes", Reply(YES)), ("Bonjour, oui", Reply(UNCLEAR)),
        ("Hello, not before May\nyes", Reply(UNCLEAR)),
        ("Hello Claire:\nyes", Reply(UNCLEAR)), ("Bonjour", Reply(YES, "")), ("Oui\n-- \nPS: non", Reply(YES)),
        ("Oui\n--\nx", Reply(YES)), ("Oui\n> non", Reply(YES)), ("Oui\n  > non", Reply(YES)),
        ("Oui\n--- Original message ---\nnon", Reply(YES)), ("Oui\n----- Message d'origine\nnon", Reply(YES)),
        ("Oui\n________\nnon", Reply(YES)), ("Oui\n_______\nnon", Reply(UNCLEAR)),
        ("Oui\nFrom: Claire\nnon", Reply(YES)),
        ("Oui\nEnvoyé : lundi\nnon", Reply(YES)), ("Oui\nOn Monday, Claire wrote:\nnon", Reply(YES)),
        ("Oui\nLe 3 mai, Claire a écrit\nnon", Reply(YES)), ("Oui\nLe prix est trop haut", Reply(UNCLEAR)),
        # The words of a no and of a question, as they were typed, up to a closing.
        ("Non", Reply(NO)), ("non.", Reply(NO)), ("NO: Trop Cher", Reply(NO, "Trop Cher")),
        ("Non… Trop cher", Reply(NO, "Trop cher")),
        ("Non - l'Œuvre", Reply(NO, "l'Œuvre")),
        ("Non — à revoir", Reply(NO, "à revoir")), ("Je refuse ; faute\nde budget\n\nen 2026\nMerci\nMarc",
                                                    Reply(NO, "faute de budget en 2026")),
        ("Refusée\nTrop cher", Reply(NO, "Trop cher")), ("Non\nCordialement\nMarc", Reply(NO)),
        ("Non merci", Reply(UNCLEAR)),
        ("Nous refusons", Reply(UNCLEAR)), ("Question", Reply(UNCLEAR)), ("Question\nMerci\nMarc", Reply(UNCLEAR)),
        ("Question ?", Reply(UNCLEAR)), ("Question: Combien ?", Reply(QUESTION, "Combien ?")),
        ("question\nCombien ?\nQuand ?\nMerci", Reply(QUESTION, "Combien ? Quand ?")),
        ("Questions : x", Reply(UNCLEAR)),
        (f"[ {MARK} ] Oui", Reply(YES)), (f"Non : [{MARK}] trop cher", Reply(NO, "trop cher")),
    ],
)  # fmt: skip
def test_what_an_answer_says_with_its_words(body: str, said: Reply) -> None:
    # Of a greeting alone it is the subject that speaks.
    assert read_reply(f"RE: oui [{MARK}]", body) == said


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Oui", Reply(YES)), ("Re: oui", Reply(YES)), ("RE : TR: Fwd: ref: oui", Reply(YES)),
        ("FW: non : cher", Reply(NO, "cher")),
        ("Reoui", Reply(UNCLEAR)), ("À valider : colle", Reply(UNCLEAR)), (f"Re: [{MARK}]", Reply(UNCLEAR)),
        ("", Reply(UNCLEAR)),
        ("Question : quand ?", Reply(QUESTION, "quand ?")), ("Oui, si", Reply(UNCLEAR)),
    ],
)  # fmt: skip
def test_the_subject_speaks_only_where_the_body_says_nothing(title: str, said: Reply) -> None:
    for body in ("", "\n \n", "> non", "--\nnon", "Bonjour,", MARK):
        assert read_reply(title, body) == said
    assert read_reply(title, "Non") == Reply(NO)


def test_one_reference_is_read_and_of_two_none() -> None:
    assert token_in("", f"x {MARK.lower()} y", MARK) == ("AP-12", "RBUHZ6ACPF")
    for text in ("", "AP-0-RBUHZ6ACPF", "AP-12-RBUHZ6ACP", "AP-12-RBUHZ6ACPFX", "AP-12-RBUHZ6ACP1", "XAP-12-RBUHZ6ACPF",
                 "AP-1234567890-RBUHZ6ACPF", f"{MARK} AP-12-RBUHZ6ACPG"):  # fmt: skip
        assert token_in(text) is None, text
    assert token_in("AP-123456789-RBUHZ6ACPF") == ("AP-123456789", "RBUHZ6ACPF")


def test_what_is_approved_is_all_that_its_change_would_make_something_else() -> None:
    decision = REGISTERS["decision"]
    made = Decision(code="D-1", title="Buy", owner="PE-1", amount=5, options="a\nb")
    text = content_of("Buy", 5, "why", decision, made)
    assert text == (
        '["why","D-1",["title","Buy"],["owner","PE-1"],["due",null],["question",""],["options","a\\nb"],["amount",5],'
        '["note",""]]'
    )
    assert content_of("Other", 7, "why", decision, made) == text, "what it is about says the rest"
    assert content_of("Buy", 5, "why", decision, None) == '["Buy",5,"why"]', "a record that is not there"
    assert content_of("Achat é", None, "", None, None) == '["Achat é",null,""]'
    process = Process(code="PS-1", name="Pay", responsible=("PE-1", "PE-2"))
    assert '["responsible",["PE-1","PE-2"]]' in content_of("", None, "", REGISTERS["process"], process)
    for name, fields in CONTENT.items():
        known = {each.name for each in REGISTERS[name].fields}
        assert set(fields) <= known, name
