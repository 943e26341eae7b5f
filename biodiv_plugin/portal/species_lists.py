"""Species lists: reading and writing them at the portal's ``species-list`` service."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Iterator, Mapping, Optional
from urllib.parse import quote

from biodiv_plugin.portal.answers import as_array
from biodiv_plugin.portal.errors import (
    Canceled,
    InvalidQuery,
    Rejected,
    SignInRequired,
    UnexpectedAnswer,
)
from biodiv_plugin.portal.http import (
    UNWATCHED,
    Feedback,
    Params,
    Request,
    Response,
    Transport,
    get_json,
    post_json,
    raise_for_status,
    url_with,
)
from biodiv_plugin.portal.species_list import (
    ListIndex,
    ListItem,
    NewItem,
    NewList,
    SavedList,
    SpeciesListInfo,
    TaxonListing,
    items_body,
    list_body,
    parse_list_index,
    parse_list_info,
    parse_list_item,
    parse_saved_list,
    parse_taxon_listing,
    valid_druid,
)

__all__ = [
    "ListIndex",
    "ListItem",
    "NewItem",
    "NewList",
    "SavedList",
    "SpeciesListClient",
    "SpeciesListInfo",
    "TaxonListing",
]

INDEX_PAGE = 1000  # the service gives no more at once
ITEMS_PAGE = 1000
WRITING = 1800.0  # seconds: each name is matched while one waits (contract/lists 2.9)


class SpeciesListClient:
    """Reads and writes species lists. ``base`` is ``<portal>/species-list``.

    Public reads go without the user's view, since a token that the service does not like makes
    them fail. With ``as_user`` an own or shared private list can be read.

    All methods raise a ``PortalError`` of the kind that fits, and ``Canceled``. The service
    answers 200 with an empty body to many failures; that is ``UnexpectedAnswer``, or
    ``SignInRequired`` where the user's view was asked for.
    """

    def __init__(self, transport: Transport, base: str) -> None:
        self._transport = transport
        self._base = base.rstrip("/")

    def index(
        self,
        search: str = "",
        offset: int = 0,
        max: int = 25,
        sort: str = "listName",
        descending: bool = False,
        filters: Optional[Mapping[str, str]] = None,
        feedback: Feedback = UNWATCHED,
    ) -> ListIndex:
        """Return a part of the public lists; ``search`` looks in names and descriptions.

        ``filters`` are fields of a list with their value, such as ``{"isThreatened": "true"}``.
        """
        params = {
            "q": search or None,
            "max": min(max, INDEX_PAGE),
            "offset": offset,
            "sort": sort,
            "order": "desc" if descending else "asc",
            **_filters(filters or {}),
        }
        return self._index(params, False, feedback)

    def all(
        self,
        search: str = "",
        filters: Optional[Mapping[str, str]] = None,
        feedback: Feedback = UNWATCHED,
    ) -> tuple[SpeciesListInfo, ...]:
        """Return every public list that matches."""
        params = {"q": search or None, "sort": "listName", **_filters(filters or {})}
        return self._all(params, False, feedback)

    def mine(
        self, user_id: str, search: str = "", feedback: Feedback = UNWATCHED
    ) -> tuple[SpeciesListInfo, ...]:
        """Return the lists that the user owns or may edit, private ones included."""
        params = {"q": search or None, "sort": "listName", **_filters({"userId": user_id})}
        return self._all(params, True, feedback)

    def find_by_name(
        self, name: str, user_id: str = "", feedback: Feedback = UNWATCHED
    ) -> tuple[SpeciesListInfo, ...]:
        """Return the lists of exactly this name: the user's own, or else the public ones.

        To be asked before a list is written again after a time-out: writing is not idempotent.
        One's own are all read: the name of a private list does not belong in an address.
        """
        wanted = name.strip()
        found = (
            self.mine(user_id, feedback=feedback) if user_id else self.all(wanted, None, feedback)
        )
        return tuple(info for info in found if info.name == wanted)

    def info(
        self, druid: str, as_user: bool = False, feedback: Feedback = UNWATCHED
    ) -> SpeciesListInfo:
        """Return one list without its items.

        Raises ``NotFound``, and ``SignInRequired`` for a private list that this user may not
        read, whether signed in or not.
        """
        return parse_list_info(
            self._read(f"speciesList/{valid_druid(druid)}", {}, as_user, feedback)
        )

    def items(
        self, druid: str, as_user: bool = False, feedback: Feedback = UNWATCHED
    ) -> tuple[ListItem, ...]:
        """Return all items of a list with their values; none for a list that does not exist."""
        return tuple(self._items(valid_druid(druid), as_user, feedback))

    def of_taxon(
        self, key: str, as_user: bool = False, feedback: Feedback = UNWATCHED
    ) -> tuple[TaxonListing, ...]:
        """Return where a taxon is listed."""
        answer = self._read(f"species/{quote(key, safe='')}", {}, as_user, feedback)
        return tuple(map(parse_taxon_listing, as_array(answer, "the listings")))

    def create(self, new: NewList, user_id: str, feedback: Feedback = UNWATCHED) -> SavedList:
        """Write a new list. Takes minutes, and is not to be repeated before looking whether it
        is there. Check afterwards that it is among :meth:`mine`: it may belong to nobody."""
        body = {**list_body(new), "userId": user_id}
        return self._write("", body, user_id, feedback)

    def replace(
        self, druid: str, new: NewList, user_id: str, feedback: Feedback = UNWATCHED
    ) -> SavedList:
        """Give a list another name and other items; nothing else of it can be changed."""
        return self._write(f"/{valid_druid(druid)}", items_body(new), user_id, feedback)

    def append(
        self, druid: str, new: NewList, user_id: str, feedback: Feedback = UNWATCHED
    ) -> SavedList:
        """Add items to a list; its name stays."""
        body = {**items_body(new), "replaceList": False}
        return self._write(f"/{valid_druid(druid)}", body, user_id, feedback)

    def download_csv(self, druid: str, target: Path, feedback: Feedback = UNWATCHED) -> Response:
        """Stream a list as a comma-separated table to ``target``; raises ``UnexpectedAnswer``."""
        request = Request("GET", self.csv_url(druid), headers={"Accept": "text/csv"})
        response = self._transport.download(request, target, feedback)
        if "csv" not in response.headers.get("content-type", ""):
            target.unlink(missing_ok=True)
            raise UnexpectedAnswer("no table", url=response.url)
        return response

    def csv_url(self, druid: str) -> str:
        return url_with(
            f"{self._base}/speciesListItem/downloadList/{valid_druid(druid)}", {"file": druid}
        )

    def page_url(self, druid: str) -> str:
        """Return the page of a list, where its owner can also edit, share and delete it."""
        return f"{self._base}/speciesListItem/list/{valid_druid(druid)}"

    def upload_url(self, druid: str = "") -> str:
        """Return the page where a file becomes a new list, or replaces one."""
        return f"{self._base}/speciesList/upload" + (f"/{valid_druid(druid)}" if druid else "")

    def my_lists_url(self) -> str:
        return f"{self._base}/speciesList/list"

    def _index(self, params: Params, as_user: bool, feedback: Feedback) -> ListIndex:
        return parse_list_index(self._read("speciesList", params, as_user, feedback))

    def _all(
        self, params: Params, as_user: bool, feedback: Feedback
    ) -> tuple[SpeciesListInfo, ...]:
        found: list[SpeciesListInfo] = []
        while True:
            page = {**params, "max": INDEX_PAGE, "offset": len(found)}
            index = self._index(page, as_user, feedback)
            found.extend(index.lists)
            if len(found) >= index.total or not index.lists:
                return tuple(found)
            _go_on(feedback)

    def _items(self, druid: str, as_user: bool, feedback: Feedback) -> Iterator[ListItem]:
        offset = 0
        while True:
            # By id: the order of items is no longer unique once items were added to a list.
            params: Params = {"includeKVP": True, "max": ITEMS_PAGE, "offset": offset, "sort": "id"}
            answer = self._read(f"speciesListItems/{druid}", params, as_user, feedback)
            page = as_array(answer, "the items of a list")
            yield from map(parse_list_item, page)
            offset += len(page)
            if len(page) < ITEMS_PAGE:
                return
            _go_on(feedback)

    def _read(self, path: str, params: Params, as_user: bool, feedback: Feedback) -> Any:
        url = url_with(f"{self._base}/ws/{path}", params)
        response = self._transport.send(get_json(url, as_user=as_user), feedback)
        raise_for_status(response)
        if as_user and not response.body.strip():  # what a token gets that was not believed
            raise SignInRequired("an empty answer to the user", url=url)
        return response.json()

    def _write(
        self, path: str, body: Mapping[str, Any], user_id: str, feedback: Feedback
    ) -> SavedList:
        if not user_id:
            raise SignInRequired("a list without an owner")
        request = post_json(
            f"{self._base}/ws/speciesList{path}",
            body,
            headers={"X-ALA-userId": user_id},
            as_user=True,
            timeout=WRITING,
        )
        response = self._transport.send(request, feedback)
        if response.status == 400:
            raise Rejected(_reason(response), url=response.url, status=400)
        return parse_saved_list(response.json())


def _filters(values: Mapping[str, str]) -> dict[str, str]:
    """Return filters of the index in its own grammar.

    It reads plain ASCII only and ignores what it cannot read, which widens the answer without
    a word (contract/lists 2.2). Raises ``InvalidQuery`` instead.
    """
    for field, value in values.items():
        if not field.isalpha() or not value or not value.isascii():
            raise InvalidQuery("a filter the portal would ignore", part=field)
    return {field: f"eq:{value}" for field, value in values.items()}


def _reason(response: Response) -> str:
    """Return the plain text of a refusal; the first line, since the rest quotes the list."""
    words = response.body.decode("utf-8", "replace").strip()
    return "HTTP 400" if words.startswith("<") else words.partition("\n")[0][:200]


def _go_on(feedback: Feedback) -> None:
    if feedback.isCanceled():
        raise Canceled
