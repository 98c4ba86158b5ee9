"""A second company, made only through the doors that a person has: Voilerie Kerlann, a sailmaker in Brittany.

Nothing here is written into a table: the questions of `init`, lines added to its configuration, an agenda in
a file, spreadsheets as somebody keeps them, templates of rituals, and commands as they are typed in a shell, over
the week before Monday 23 November 2026. It is made once for all tests of a process, which copy its files.
"""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from cockpit import __main__ as program
from cockpit import locale

CHIEF = "Nolwenn Le Goff"
"""Who sits in the cockpit; her record is PE-1."""

SHEETS = {
    "personnes": """\
Nom et prénom;Type;Rôle;Prestataire;Présence;Courriel;Taux horaire chargé
Nolwenn Le Goff;interne;Dirigeante;;;nolwenn@kerlann.example;90
Sophie Nguyen;interne;Office manager;;;sophie@kerlann.example;38
Maëlle Le Bihan;temps partagé;DRH;Cabinet Dupont;mar,jeu 09:00-12:30;maelle@dupont.example;110
Yann Kerbrat;externe;Technicien;Iroise Informatique;;yann@iroise.example;75
Julie Roux;interne;Comptable;;;julie@kerlann.example;42
Julie Caradec;interne;Comptable;;;;40
""",
    "prestataires": """\
Raison sociale;Catégorie;Courriel;Impact d'un arrêt
Iroise Informatique;Informatique;support@iroise.example;élevé
Cabinet Dupont;RH;contact@dupont.example;moyen
Paie+;Paie;equipe@paieplus.example;élevé
OVH;Hébergement;;critique
Banque Ouest;Banque;;élevé
""",
    "fonctions": """\
Nom;Mode;Criticité;Responsable
Informatique;externe;4;Sophie Nguyen
Paie;externe;4;Julie Roux
Ressources humaines;temps partagé;3;Maëlle Le Bihan
Finance;interne;4;Nolwenn Le Goff
""",
    "contrats": """\
Objet;Fournisseur;Fonctions;Date de début;Durée initiale;Reconduction;Préavis;Montant annuel
Infogérance;Iroise Informatique;Informatique;01/03/2025;12;tacite;3 mois;14 400 €
Paie externalisée;Paie+;Paie;01/01/2026;12;tacite;60 jours;6 200 €
DRH à temps partagé;Cabinet Dupont;Ressources humaines;01/09/2026;indéterminée;tacite;1 mois;28 000 €
Hébergement;OVH;Informatique;15/12/2025;12;expresse;0;1 900 €
""",
    "circuits": """\
Domaine;Fonctions;Jusqu'à;Décide;Suppléant;Sous
Informatique;Informatique;2 000 €;Sophie Nguyen;Nolwenn Le Goff;8ho
Ressources humaines;Ressources humaines;;Maëlle Le Bihan;;J+2 18h
""",
    "engagements": """\
Nom;Contrat;Mesure;Gravité;Délai
Prise en charge;Infogérance;prise en charge;toutes;4ho
Rétablissement;Infogérance;résolution;P1;8ho
""",
    "dossiers": """\
Nom;Objet;Membres
Cession;Vente de l'entreprise;Nolwenn Le Goff, Sophie Nguyen
""",
}  # fmt: skip
"""Spreadsheets by the register that they fill, with the headings and the words of whoever keeps them."""

AGENDA = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Kerlann//FR
BEGIN:VEVENT
UID:flash@kerlann
DTSTART;TZID=Europe/Paris:20261116T114500
DTEND;TZID=Europe/Paris:20261116T120000
RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
SUMMARY:Point flash
ATTENDEE;CN=Sophie Nguyen;PARTSTAT=ACCEPTED:mailto:sophie@kerlann.example
ATTENDEE;CN=Maëlle Le Bihan;PARTSTAT=ACCEPTED:mailto:maelle@dupont.example
END:VEVENT
BEGIN:VEVENT
UID:banque@kerlann
DTSTART;TZID=Europe/Paris:20261123T140000
DTEND;TZID=Europe/Paris:20261123T150000
SUMMARY:Banque Ouest : ligne de trésorerie
END:VEVENT
BEGIN:VEVENT
UID:notaire@kerlann
DTSTART;TZID=Europe/Paris:20261124T100000
DTEND;TZID=Europe/Paris:20261124T110000
CLASS:PRIVATE
SUMMARY:Notaire
END:VEVENT
END:VCALENDAR
"""

MAPS = {
    "personnes": ("Nom et prénom=name", "Courriel=contact"),
    "prestataires": ("Raison sociale=name", "Courriel=contact"),
    "contrats": ("Fournisseur=provider", "Date de début=starts_on"),
}
"""What is agreed to where the import asks whether a column is the one it looks like."""

CONFIGURATION = """
[[agenda]]
name = "Nolwenn"
url = "{agenda}"

[[status]]
name = "OVH"
url = "http://127.0.0.1:9/api/v2/summary.json"
engine = "statuspage"
internal = true
"""
"""What somebody adds to the file that `init` wrote; nothing answers at that address."""

TYPED = (
    ("2026-11-16T10:00", "ritual add kickoff"),
    ("2026-11-16T10:01", "ritual add flash"),
    ("2026-11-16T10:02", "ritual add review"),
    ("2026-11-17T09:05", "block|VPN coupé à l'atelier @Iroise +info p1 sla:8ho"),
    ("2026-11-17T09:20", "block|Écarts de paie d'octobre @Paie+ +paie p2 pour:vendredi qui:Julie_Roux"),
    ("2026-11-18T14:10", "block|Contrat de Loïc à relire @Maëlle +ressources p2 pour:mardi"),
    ("2026-11-19T11:30", 'block|Accès banque de l\'assistante @"Banque Ouest" +finance qui:Sophie'),
    ("2026-11-19T16:00", "block|Devis voiles à valider @moi p2 pour:lundi"),
    ("2026-11-19T16:05", "block|Valorisation à fournir dossier:Cession conf:2"),
    ("2026-11-20T08:50", "priority|Boucler le prévisionnel +finance p1 pour:mercredi"),
    ("2026-11-20T08:51", "priority|Entretien office manager p2 qui:Sophie"),
    ("2026-11-20T12:00", "decide|Garder Iroise un an de plus +info pour:30/11 qui:Sophie"),
    ("2026-11-20T17:30", "block|Imprimante du bureau HS p4"),
)
"""What was typed the week before, and when."""


@dataclass(frozen=True)
class Files:
    """Where a cockpit is kept."""

    database: Path
    config: Path

    def copy(self, folder: Path) -> Files:
        """The same cockpit in another folder, free to change."""
        folder.mkdir(parents=True, exist_ok=True)
        copied = Files(folder / self.database.name, folder / self.config.name)
        shutil.copy(self.database, copied.database)
        shutil.copy(self.config, copied.config)
        return copied


class Refused(AssertionError):
    """A command of the making did not do what it should."""


@cache
def files() -> Files:
    """The company's files, made at the first call; copy them before anything is changed."""
    folder = TemporaryDirectory(prefix="kerlann-")
    _kept.append(folder)
    made = Files(Path(folder.name) / "cockpit.db", Path(folder.name) / "config.toml")
    with pytest.MonkeyPatch.context() as patch:
        for name in list(os.environ):
            if name.startswith(("COCKPIT_", "XDG_")):
                patch.delenv(name)
        patch.setenv("HOME", folder.name)
        patch.setenv("COCKPIT_DB", str(made.database))
        patch.setenv("COCKPIT_CONFIG", str(made.config))
        patch.setattr(locale, "_asked", False)
        said = locale.current()
        _make(_Shell(patch), made, Path(folder.name))
        locale.use(said)
    # What is still in the log beside the database is written into it: one file is all that is copied.
    with closing(sqlite3.connect(made.database)) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return made


_kept: list[TemporaryDirectory[str]] = []
"""Removed when the process ends."""


class _Shell:
    """Types commands."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.patch = patch

    def type(self, at: str, *words: str, answers: str = "") -> str:
        """What a command answers, at that time of Paris. Raises Refused."""
        self.patch.setattr("sys.argv", ["cockpit", "--now", at, "--lang", "fr", *words])
        self.patch.setattr("sys.stdin", io.StringIO(answers))
        told = io.StringIO()
        with redirect_stdout(told), redirect_stderr(told):
            try:
                code = program.main()
            except SystemExit as leaving:
                code = leaving.code if isinstance(leaving.code, int) else 1
        if code:
            raise Refused(f"cockpit {' '.join(words)}: {code}\n{told.getvalue()}")
        return told.getvalue()


def _make(shell: _Shell, made: Files, folder: Path) -> None:
    shell.type("2026-11-16T08:30", "init", answers=f"fr\nVoilerie Kerlann\n{CHIEF}\nFR\n\n\n\n\n\n")
    agenda = folder / "nolwenn.ics"
    agenda.write_text(AGENDA.replace("\n", "\r\n"), encoding="utf-8")
    with made.config.open("a", encoding="utf-8") as config:
        config.write(CONFIGURATION.format(agenda=agenda))
    for register, text in SHEETS.items():
        sheet = folder / f"{register}.csv"
        sheet.write_text(text, encoding="utf-8")
        maps = [part for each in MAPS.get(register, ()) for part in ("--map", each)]
        shell.type("2026-11-16T09:30", "register", "import", register, str(sheet), "--create", *maps)
    for at, line in TYPED:
        command, _bar, words = line.partition("|")
        shell.type(at, *([command, words] if words else line.split()))
    shell.type("2026-11-20T17:45", "register", "import", "personnes", _departed(folder))
    shell.type("2026-11-20T18:00", "sync")


def _departed(folder: Path) -> str:
    """The spreadsheet of the day on which somebody left."""
    sheet = folder / "departs.csv"
    sheet.write_text("Nom et prénom;Fin de mission\nJulie Caradec;20/11/2026\n", encoding="utf-8")
    return str(sheet)
