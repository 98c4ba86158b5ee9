"""Clocks, alerts and statements as styled text: what `visuals` is for the rest."""

from __future__ import annotations
