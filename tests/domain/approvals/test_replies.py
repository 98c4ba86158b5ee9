"""What an answer from outside says: never a yes that was not said plainly."""

from __future__ import annotations

import pytest

from cockpit.domain.approvals.replies import Reply, ReplyKind, read_reply, token_in

YES, NO, QUESTION, UNCLEAR = ReplyKind.YES, ReplyKind.NO, ReplyKind.QUESTION, ReplyKind.UNCLEAR
SUBJECT = "Re: À valider : Colle [AP-2-RBUHZ6ACPF]"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Oui", YES),
        ("OUI.\n\nCordialement,\nMarc Delvaux\nDAF", YES),
        ("Bonjour Claire,\n\nApprouvé\n\n-- \nMarc", YES),
        ("yes [AP-2-RBUHZ6ACPF]\n\nOn Mon 30 Nov, Claire wrote:\n> YES: you approve it", YES),
        ("Validé\nLe lun. 30 nov. 2026 à 10:00, Claire Morel a écrit :\nOUI : vous le validez", YES),
        ("Oui\n\n_________________\nDe : Claire", YES),
        ("Ok", UNCLEAR),
        ("Oui mais seulement 500 €", UNCLEAR),
        ("Oui\nà condition que la livraison soit comprise", UNCLEAR),
        ("Oui\nCordialement\nMarc\nPS : pas avant janvier", UNCLEAR),
        ("Oui\nMerci\na\nb\nc\nd\ne", UNCLEAR),
        ("Pourquoi pas", UNCLEAR),
        ("Je ne dis pas non", UNCLEAR),
        ("Ouiii", UNCLEAR),
        ("> oui", UNCLEAR),
        ("", UNCLEAR),
        ("Question", UNCLEAR),
        ("Nonobstant, oui", UNCLEAR),
    ],
)
def test_only_a_plain_yes_is_one(body: str, kind: ReplyKind) -> None:
    assert read_reply(SUBJECT, body).kind is kind


@pytest.mark.parametrize(
    ("body", "reply"),
    [
        ("Non", Reply(NO)),
        ("NON : trop cher cette année", Reply(NO, "trop cher cette année")),
        ("No, à revoir\nen janvier\nCordialement\nMarc", Reply(NO, "à revoir en janvier")),
        ("Refusé.\nLe devis est périmé", Reply(NO, "Le devis est périmé")),
        ("Question : la livraison est comprise ?", Reply(QUESTION, "la livraison est comprise ?")),
        ("QUESTION\nQui paie ?", Reply(QUESTION, "Qui paie ?")),
    ],
)
def test_a_no_and_a_question_keep_their_words(body: str, reply: Reply) -> None:
    assert read_reply(SUBJECT, body) == reply


def test_the_subject_speaks_where_the_body_says_nothing_of_its_own() -> None:
    assert read_reply("Re: OUI [AP-2-RBUHZ6ACPF]", "> quoted").kind is YES
    assert read_reply("OUI si possible AP-2-RBUHZ6ACPF", "").kind is UNCLEAR


def test_the_reference_is_read_once_wherever_it_stands() -> None:
    assert token_in("x [ap-2-rbuhz6acpf]", "AP-2-RBUHZ6ACPF") == ("AP-2", "RBUHZ6ACPF")
    assert token_in("AP-2-RBUHZ6ACPF", "AP-3-RBUHZ6ACPF") is None
    assert token_in("AP-2", "AP-2-SHORT") is None
