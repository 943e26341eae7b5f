"""A sensitive observation is two records: a blurred one for all, a precise one for some.

Contract/occurrences 7.3. Anonymous callers meet the blurred twin, callers with the data role the
precise one instead; the ids differ, that of the precise one contains SEN.
"""

from __future__ import annotations

import uuid
from typing import Any, Dict, Iterator

from demo.portal.data import grids
from demo.portal.data.placing import Places

DATA_ROLE = "HIGHRES"
_NAMESPACE = uuid.UUID("0e3c5c0e-1f43-4c5b-9c6a-6a4f8f2f6a11")


def twins(precise: Dict[str, Any], places: Places) -> Iterator[Dict[str, Any]]:
    """Yield the blurred and the precise record of a sensitive observation."""
    blurred = dict(precise)
    square = grids.utm_square(precise["decimalLongitude"], precise["decimalLatitude"], 5_000)
    places.in_square(square).write(blurred, None)
    blurred.update(
        locality=None,
        dataGeneralizations="Coördinaten vervaagd tot het middelpunt van een UTM-hok van 5 km",
        informationWithheld="De juiste plaats is er voor wie rechten op detailgegevens heeft",
        generalisationInMetres="5000",
        sensitive="generalised",
        dynamicProperties_rbac=0,
        dynamicProperties_rbac_allowed=DATA_ROLE,
    )
    yield blurred
    yield {
        **precise,
        "id": str(uuid.uuid5(_NAMESPACE, precise["id"])),
        "occurrenceID": precise["occurrenceID"].replace("INBO:", "INBO:SEN:"),
        "sensitive": "alreadyGeneralised",
        "dynamicProperties_rbac": 1,
        "dynamicProperties_rbac_allowed": DATA_ROLE,
    }
