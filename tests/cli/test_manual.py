"""`cockpit manual`: what it writes, what it says, and that the level holds in every file."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run
from tests.services.records.every_level import NOW, fill, secrets_above


def _everything(folder: Path) -> str:
    return "\n".join(
        f"{path.name}\n{path.read_text(encoding='utf-8')}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


def test_nothing_above_the_level_is_in_any_file(run: Run, tmp_path: Path) -> None:
    fill(run, tmp_path)
    for level in (2, 1, 0):
        fresh = tmp_path / f"level-{level}"
        said = run("manual", "--out", str(fresh), "--level", str(level), "--json", now=NOW)
        assert said.code == 0, said.err
        assert secrets_above(level).findall(_everything(fresh) + said.out) == [], level
        # And over what was written at a higher one.
        run("manual", "--out", str(tmp_path / "manual"), "--level", str(level), now=NOW)
        assert secrets_above(level).findall(_everything(tmp_path / "manual")) == [], level
    run("manual", "--out", str(tmp_path / "all"), "--level", "3", now=NOW)
    assert secrets_above(2).search(_everything(tmp_path / "all")), "or the others would see nothing"


def test_it_is_shared_with_the_company_unless_somebody_says_otherwise(run: Run, tmp_path: Path) -> None:
    fill(run, tmp_path)
    run("manual", "--out", str(tmp_path / "manual"), now=NOW)
    assert secrets_above(1).findall(_everything(tmp_path / "manual")) == []


def test_it_goes_below_the_folder_of_the_configuration_under_its_french_name(
    run: Run, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text(f'[documents]\nfolder = "{tmp_path / "drive"}"\n', encoding="utf-8")
    said = run("manuel", "--config", str(config), lang="fr")
    assert (said.code, said.err) == (0, "")
    assert (tmp_path / "drive" / "manuel" / "manuel.html").is_file()
    assert "fichiers écrits" in said.out
    again = run("manuel", "--config", str(config), lang="fr")
    assert "le manuel est à jour" in again.out


def test_json_names_files_and_gaps(run: Run, tmp_path: Path) -> None:
    run("register", "import", "functions", str(_functions(tmp_path)))
    found = run("manual", "--out", str(tmp_path / "manual"), "--json").json
    assert set(found) == {"folder", "page", "written", "unchanged", "removed", "set_aside", "copies", "gaps"}
    assert "payroll.md" in found["written"]
    assert {"what", "who", "due", "opens"} == set(found["gaps"][0])
    assert found["gaps"][0]["opens"] == "FN-1"


def _functions(tmp_path: Path) -> Path:
    path = tmp_path / "functions.csv"
    path.write_text("Name\nPayroll\n", encoding="utf-8")
    return path


def test_a_place_that_takes_no_folder_ends_in_code_1_with_the_way_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")
    said = run("manual", "--out", str(tmp_path / "taken" / "manual"))
    assert said.code == 1
    assert "--out" in said.err
    assert run("manual", "--out", str(tmp_path / "taken" / "manual"), "--json").json["error"]


def test_sign_says_how_each_key_process_stands_and_signs(run: Run, tmp_path: Path) -> None:
    run("register", "import", "functions", str(_functions(tmp_path)))
    sheet = tmp_path / "processes.csv"
    sheet.write_text("Name;Function;Core value\nPay;Payroll;yes\n", encoding="utf-8")
    run("register", "import", "processes", str(sheet))
    assert "never signed" in run("sign").out
    assert "PS-1 signed for a year" in run("sign", "ps-1").out
    (found,) = run("sign", "--json").json
    assert (found["state"], found["due"]) == ("signed", "2027-11-23")
    assert run("sign", "FN-1").code == 2
