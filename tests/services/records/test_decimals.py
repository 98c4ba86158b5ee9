"""Numbers with decimals: what is shown is read back, in both languages; what has two meanings is refused."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cockpit import locale
from cockpit.domain.records.record import Field, FieldKind
from cockpit.services.desk import forms
from cockpit.services.desk.workspace import Workspace

FIELD = Field(name="number", label="Value", kind=FieldKind.DECIMAL)
AMOUNTS = st.integers(-(10**11) * 10**6 + 1, 10**11 * 10**6 - 1).map(
    lambda n: round(n / 10**6, 6)
) | st.integers(-99_999, 99_999).map(lambda n: n / 1000)


@pytest.mark.parametrize("language", ["fr", "en"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=AMOUNTS)
def test_what_is_shown_is_read_back(workspace: Workspace, language: str, value: float) -> None:
    locale.use(language)
    shown = forms.show(FIELD, value, {}, workspace.zone)
    assert forms.read(workspace, FIELD, shown, {}) == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("fr", "182k", 182_000), ("fr", "182 k€", 182_000), ("fr", "1,5M", 1_500_000), ("fr", "-3", -3),
        ("fr", "1 234,56", 1234.56), ("fr", "92 %", 92), ("fr", "12,345", 12.345), ("en", "12,345", 12_345),
        ("en", "12.345", 12.345), ("fr", "1.234,5", 1234.5),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(
    workspace: Workspace, language: str, text: str, value: float
) -> None:
    locale.use(language)
    assert forms.read(workspace, FIELD, text, {}) == pytest.approx(value)


@pytest.mark.parametrize("text", ["beaucoup", "12.345", "1e400", "12 12", "nan", "999999999999999"])
def test_what_is_no_number_or_has_two_meanings_is_refused(workspace: Workspace, text: str) -> None:
    locale.use("fr")
    with pytest.raises(forms.WrongValue):
        forms.read(workspace, FIELD, text, {})
