"""What people and their programs write into free text, awkward cases included."""

from __future__ import annotations

NASTY = (
    'Gezien bij "De Witte Raaf", ten oosten van de brug',
    "eerste regel\ntweede regel\nderde",
    "regeleinde van Windows\r\nen verder",
    "punt;komma;s en, komma's",
    'alles samen: "a"; \'b\', c\r\n"d" | e',
    "<b>vet</b> <script>alert('x')</script> &amp; &lt;",
    '=HYPERLINK("http://example.org";"klik")',
    "+32 gezien, @home, -1 exemplaar",
    "roepend 🐸🐸 in de poel \u2013 \u2019s avonds",
    "Zoniënwoud, Überschwemmung, čmelák, 青蛙, ضفدع",
    "\ttab vooraan en achteraan\t",
    'eindigt op een aanhalingsteken"',
    "'enkele' en \\backslash\\ en %procent% en + plus",
    'twee aanhalingstekens ""',
    "nul\u00a0breedte\u200b en zachte\u00adafbreking",
    "NULL",
    "x" * 2000,
)

REMARKS = (
    "roepend mannetje",
    "langs het fietspad",
    "in de berm",
    "meerdere exemplaren, niet geteld",
    "dood gevonden",
    "foto genomen",
    "sporen in het zand",
    "in tuin",
    "op de vijver",
    "foeragerend boven het riet",
)
BEHAVIOURS = ("roepend", "foeragerend", "overvliegend", "ter plaatse", "nestbouw", "baltsend")
LIFE_STAGES = {
    "Amphibia": ("adult", "larve", "eiklomp", "juveniel"),
    "Aves": ("adult", "juveniel", "onbekend"),
    "Insecta": ("imago", "rups", "larve", "ei"),
    "Mammalia": ("adult", "juveniel"),
}
SEXES = ("male", "female", "unknown")
BIOTOPES = {
    "forest": "bos",
    "heath": "heide",
    "dune": "duin",
    "grassland": "grasland",
    "farmland": "akker",
    "marsh": "moeras",
    "water": "stilstaand water",
    "river": "waterloop",
    "coast": "kust",
    "urban": "bebouwing",
}
