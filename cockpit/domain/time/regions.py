"""Whose public holidays count: a country, then a region after a dash, as people write them and as they are known.

`FR-67` and `FR-68` are Alsace, `FR-57` Moselle; the other departments of mainland France have the holidays of
France. The table below is that of the `holidays` library for France and the countries around it, so that
reading a configuration need not load the library; a test holds the two together.
"""

from __future__ import annotations

NEAR = {
    "FR": "57 6AE 971 972 973 974 976 BL MF NC PF PM TF WF",
    "BE": "Flemish French German",
    "CH": "AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH",
    "LU": "",
    "MC": "",
    "CA": "AB BC MB NB NL NS NT NU ON PE QC SK YT",
    "DE": "BB BE BW BY HB HE HH MV NI NW RP SH SL SN ST TH Augsburg",
    "ES": "AN AR AS CB CE CL CM CN CT EX GA IB MC MD ML NC PV RI VC Barcelona",
    "IT": (
        "AG AL AN AO AP AQ AR AT AV BA BG BI BL BN BO BR BS BT BZ CA CB CE CH CL CN CO CR CS CT "
        "CZ EN FC FE FG FI FM FR GE GO GR IM IS KR LC LE LI LO LT LU MB MC ME MI MN MO MS MT NA "
        "NO NU OR PA PC PD PE PG PI PN PO PR PT PU PV PZ RA RC RE RG RI RM RN RO SA SI SO SP SR "
        "SS SU SV TA TE TN TO TP TR TS TV UD VA VB VC VE VI VR VT VV Andria Barletta Cesena "
        "Forli Pesaro Trani Urbino"
    ),
    "GB": "ENG NIR SCT WLS",
    "IE": "",
    "NL": "Midden Noord Zuid",
    "PT": "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 20 30",
    "US": (
        "AK AL AR AS AZ CA CO CT DC DE FL GA GU HI IA ID IL IN KS KY LA MA MD ME MI MN MO MP MS "
        "MT NC ND NE NH NJ NM NV NY OH OK OR PA PR RI SC SD TN TX UM UT VA VI VT WA WI WV WY"
    ),
    "MA": "",
    "TN": "",
    "DZ": "",
    "SN": "",
    "CI": "",
}
"""Country to its regions with holidays of their own."""
_ALSACE = "6AE"
_DEPARTMENTS = frozenset((*(f"{n:02}" for n in range(1, 96) if n not in (20, 57, 67, 68)), "2A", "2B"))


def library_name(region: str) -> tuple[str, str]:
    """Country and region as the `holidays` library calls them; the region is empty for the whole country."""
    country, _dash, part = region.partition("-")
    if country == "FR":
        if part in ("67", "68"):
            return country, _ALSACE
        if part in _DEPARTMENTS:
            return country, ""
    return country, part


def is_near(region: str) -> bool:
    """Whether the table knows it: what is not in it may still be known to the library."""
    country, part = library_name(region)
    return country in NEAR and (not part or part in NEAR[country].split())
