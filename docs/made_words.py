"""What the made pages say beside the code's own words, in both languages; see `generate.py`."""

from __future__ import annotations

PAGES = {
    "en": {"keys": "keys.md", "commands": "commands.md", "settings": "settings.md", "man": "cockpit.1"},
    "fr": {
        "keys": "fr/touches.md",
        "commands": "fr/commandes.md",
        "settings": "fr/reglages.md",
        "man": "fr/cockpit.1",
    },
}
"""Where each made page stands."""

MADE = {
    "en": "<!-- Made by `python docs/generate.py`: change the code, not this page. -->",
    "fr": "<!-- Page écrite par `python docs/generate.py` : changer le code, pas cette page. -->",
}

KEYS = {
    "en": [
        "# Keys",
        "One letter does one thing wherever it works; the bar at the foot of the screen shows what works now and"
        " dims what is off, `?` lists everything and says why a key is off, `^p` finds any action by typing. `Tab`"
        " and `Shift+Tab` go from pane to pane, arrows, `PgUp`, `PgDn`, `Home` and `End` from row to row, `Enter`"
        " opens, `Escape` goes back. `^` stands for Ctrl, `␣` for the space bar.",
        "Any key can be changed in the [configuration](configuration.md), under `[keys]`, by the name of its"
        ' action: `"work.done" = "x,f8"`. An action without a key is found in the palette.',
    ],
    "fr": [
        "# Touches",
        "Une lettre fait une seule chose, partout où elle agit ; la barre du bas montre ce qui est possible et"
        " grise le reste, `?` donne tout et dit pourquoi une touche est sans effet, `^p` trouve n’importe quelle"
        " action en tapant. `Tab` et `Maj+Tab` vont d’un volet à l’autre, les flèches, `PgPréc`, `PgSuiv`,"
        " `Début` et `Fin` d’une ligne à l’autre, `Entrée` ouvre, `Échap` revient. `^` veut dire Ctrl, `␣` la"
        " barre d’espace.",
        "Toute touche se change dans la [configuration](../configuration.md), sous `[keys]`, par le nom de son"
        ' action : `"work.done" = "x,f8"`. Une action sans touche se trouve dans la palette.',
    ],
}

KEYS_HEADING = {
    "en": "| keys | what it does | on | action |",
    "fr": "| touches | ce que cela fait | sur | action |",
}

COMMANDS = {
    "en": [
        "# Commands",
        "`cockpit` alone opens the screen, or prints the brief where there is no terminal. Every command takes"
        " `--config FILE` and `--db FILE` (also `COCKPIT_CONFIG` and `COCKPIT_DB`), `--lang fr|en`, and `--now"
        " TIME`, which freezes the clock. Every command that shows records takes `--json` ([its keys](json.md));"
        " those that can be read aloud to others take `--level 0-3`, and show nothing more confidential. `-h` says"
        " the rest.",
        "The same is in `man cockpit` ([its source](cockpit.1)), which comes with the package.",
    ],
    "fr": [
        "# Commandes",
        "`cockpit` seul ouvre l’écran, ou écrit le point du jour quand il n’y a pas de terminal. Chaque commande"
        " accepte `--config FILE` et `--db FILE` (ou `COCKPIT_CONFIG` et `COCKPIT_DB`), `--lang fr|en`, et `--now"
        " TIME`, qui fige l’horloge. Celles qui montrent des fiches acceptent `--json`"
        " ([ses clés](../json.md)) ; celles qu’on peut lire devant d’autres acceptent `--level 0-3`, et ne"
        " montrent rien de plus confidentiel. `-h` dit le reste.",
        "La même chose est dans `man cockpit` ([sa source](cockpit.1)), qui vient avec le paquet.",
    ],
}

COMMANDS_HEADING = {
    "en": "| command | in French | what it does |",
    "fr": "| commande | en français | ce qu’elle fait |",
}

SETTINGS = {
    "en": [
        "# Settings",
        "What `config.toml` may hold, as the settings on the screen (`R`) and `cockpit settings` have it. Each has a"
        " name by which it is read and changed: `cockpit settings set company.hours 'mon-fri 9-17'`; an entry of a"
        " list stands between: `agenda.mine.owner`. How to change them: [settings](howto/settings.md). The file"
        " itself, with an example: [configuration](configuration.md).",
    ],
    "fr": [
        "# Réglages",
        "Ce que `config.toml` peut contenir, tel que les réglages à l’écran (`R`) et `cockpit reglages` le montrent."
        " Chacun a un nom par lequel on le lit et on le change : `cockpit reglages set company.hours 'lun-ven"
        " 9h-17h'` ; l’entrée d’une liste se met au milieu : `agenda.mien.owner`. Comment les changer :"
        " [changer les réglages](changer-les-reglages.md). Le fichier lui-même, avec un exemple :"
        " [configuration](../configuration.md) (en anglais).",
    ],
}

SETTINGS_HEADING = {
    "en": "| setting | what it is | by default | name |",
    "fr": "| réglage | ce que c’est | par défaut | nom |",
}
EXIT_CODES = {
    "en": ("## Exit codes", "| code | what it means |"),
    "fr": ("## Codes de sortie", "| code | ce qu’il veut dire |"),
}

MAN = {
    "en": {
        "manual": "Cockpit manual", "name": "NAME", "synopsis": "SYNOPSIS", "description": "DESCRIPTION",
        "options": "OPTIONS", "commands": "COMMANDS", "codes": "EXIT STATUS", "files": "FILES", "command": "COMMAND",
        "what": "the daily steering post of a chief executive",
        "about": "Cockpit holds what a chief executive needs each morning: what changed, what is stuck and for whom"
        " it waits, what providers owe, the day's agenda and three priorities. Without a command it opens the"
        " screen, or prints the brief where there is no terminal.\n\nBegin with cockpit init, or look at a company"
        " with cockpit demo. Every command has a French name, which stands beside it below; every command that"
        " shows records takes --json.",
        "config path": "~/.config/cockpit/config.toml",
        "config file": "The configuration; another one by --config or COCKPIT_CONFIG.",
        "database path": "~/.local/share/cockpit/cockpit.db",
        "database file": "The database, with its copies in the folder backups beside it; another one by --db or"
        " COCKPIT_DB. Both stand elsewhere on macOS; cockpit doctor says where.",
    },
    "fr": {
        "manual": "Manuel de Cockpit", "name": "NOM", "synopsis": "SYNOPSIS", "description": "DESCRIPTION",
        "options": "OPTIONS", "commands": "COMMANDES", "codes": "CODES DE SORTIE", "files": "FICHIERS",
        "command": "COMMANDE",
        "what": "le poste de pilotage quotidien du dirigeant",
        "about": "Cockpit tient ce dont un dirigeant a besoin chaque matin : ce qui a changé, ce qui bloque et qui"
        " l’on attend, ce que doivent les prestataires, l’agenda du jour et trois priorités. Sans commande, il"
        " ouvre l’écran, ou écrit le point du jour quand il n’y a pas de terminal.\n\nCommencez par cockpit init,"
        " ou regardez une entreprise avec cockpit demo. Chaque commande a un nom français, écrit à côté d’elle"
        " ci-dessous ; celles qui montrent des fiches acceptent --json.",
        "config path": "~/.config/cockpit/config.toml",
        "config file": "La configuration ; une autre par --config ou COCKPIT_CONFIG.",
        "database path": "~/.local/share/cockpit/cockpit.db",
        "database file": "La base, et ses copies dans le dossier backups à côté d’elle ; une autre par --db ou"
        " COCKPIT_DB. Les deux sont ailleurs sur macOS ; cockpit doctor dit où.",
    },
}  # fmt: skip
"""What the manual page says beside the commands."""

ALWAYS = {"en": "anything, meetings and forms too", "fr": "tout, réunions et formulaires compris"}
EVERYWHERE = {"en": "anything", "fr": "tout"}

KINDS = {
    "blocker": "blocage",
    "priority": "priorité",
    "candidate": "proposition de priorité",
    "decision": "décision",
    "approval": "validation",
    "clock": "échéance de service",
    "owed": "réponse ou livraison due",
    "report": "compte rendu attendu",
    "statement": "annonce d’un prestataire",
    "news": "nouvelle",
    "alert": "alerte",
    "meeting": "réunion",
    "commitments": "engagements en retard",
    "copies": "copies du cockpit",
    "outbox": "message non remis",
    "inbox": "boîte non lue",
    "event": "événement avec lien",
    "agenda": "agenda",
    "week": "semaine",
    "provider": "prestataire",
    "moved": "adresse déplacée",
    "providers": "volet des prestataires",
    "record": "fiche",
    "archived": "fiche archivée",
    "entered": "fiche saisie à la main",
    "field": "champ",
    "register": "registre",
    "table": "tableau",
    "row": "ligne",
    "function": "fonction",
    "person": "personne",
    "contract": "contrat",
    "process": "processus",
    "linked": "fiche liée à un document",
    "documents": "documents",
    "step": "étape d’un passage de relais",
    "figure": "chiffre",
    "folded": "fiche qui replie des champs",
    "noted": "fiche qui a un texte long",
    "note": "texte long",
    "goal": "objectif",
    "interface": "interface",
    "trial": "essai",
    "settings": "réglages",
    "setting": "réglage",
    "setting-list": "liste des réglages",
    "setting-entry": "entrée des réglages",
    "first-thing": "chose suivante",
    "sorted": "liste à trier",
    "panes": "cockpit et ses volets",
    "views": "lieu à plusieurs vues",
    "organisation": "organisation",
    "map": "carte",
    "flow": "flux",
    "signal": "signal",
    "signals": "signaux",
    "import": "import",
    "import-ready": "import prêt",
    "import-missing": "import incomplet",
    "import-reason": "import, motif",
    "import-sheets": "import, feuilles",
    "live-before": "réunion, avant",
    "live-running": "réunion en cours",
    "live-people": "réunion, présents",
    "live-commitments": "réunion, engagements",
    "live-priorities": "réunion, priorités",
    "live-figures": "réunion, chiffres",
    "live-subject": "réunion, sujet",
    "live-after": "réunion, après",
    "ask": "formulaire",
    "ask-answer": "formulaire, réponse",
    "ask-scale": "formulaire, échelle",
    "ask-function": "formulaire, fonction",
    "ask-action": "formulaire, action",
    "ask-end": "formulaire, fin",
}
"""What the cursor can be on, in French; in English the kinds' own names."""
