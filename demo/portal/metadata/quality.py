"""/data-quality-filter-service/api/v1: the quality profiles (contract/occurrences 6.1)."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, cast

from flask import Blueprint, Response, redirect, request

from demo.portal.data.quality import (
    DEFAULT_PROFILE,
    PROFILES,
    Category,
    Profile,
    QualityFilter,
    profile_named,
)
from demo.portal.error_pages import html_error
from demo.portal.grails import grails_json
from demo.portal.websession import sign_in_page
from demo.portal.world import World

_SERVICE = "/data-quality-filter-service"
_API = f"{_SERVICE}/api/v1"


def add_routes(routes: Blueprint, world: World) -> None:
    """Add the service; ``quality.down`` makes it a 500."""
    rules = (
        ("data-profiles", _profiles),
        ("data-profiles/<name>", _profile),
        ("data-profiles/<name>/categories", _categories),
        ("data-profiles/<name>/categories/<int:category>", _categories),
        ("data-profiles/<name>/categories/<int:category>/filters", _filters),
        ("data-profiles/<name>/categories/<int:category>/filters/<int:number>", _filters),
        ("quality/<name>", _quality),
        ("profiles", lambda: cast(Response, redirect(f"{_API}/data-profiles"))),
    )
    for path, view in rules:
        guarded = _guarded(world, view)
        routes.add_url_rule(f"{_API}/{path}", f"quality_{path}", guarded)

    def administration(rest: str) -> Response:
        return sign_in_page(world)

    routes.add_url_rule(f"{_SERVICE}/<path:rest>", "quality_administration", administration)


def _guarded(world: World, view: Any) -> Any:
    def answer(**values: Any) -> Response:
        down = world.faults.on("quality.down") is not None
        return html_error(500) if down else cast(Response, view(**values))

    return answer


def _profiles() -> Response:
    found = list(PROFILES)
    args = request.args
    if "enabled" in args:
        found = [item for item in found if item.enabled == (args["enabled"] == "true")]
    if "name" in args:
        found = [item for item in found if item.name == args["name"]]
    if "shortName" in args:
        found = [item for item in found if item.short_name == args["shortName"]]
    sort = {"name": "name", "shortName": "short_name"}.get(args.get("sort", ""), "id")
    found.sort(key=lambda item: getattr(item, sort), reverse=args.get("order") == "desc")
    start = int(args.get("offset", "0"))
    end = start + int(args["max"]) if "max" in args else None
    return grails_json([_profile_document(item) for item in found[start:end]])


def _profile(name: str) -> Response:
    found = _find(name)
    return grails_json(_profile_document(found)) if found else _nothing()


def _categories(name: str, category: Optional[int] = None) -> Response:
    profile = _find(name)
    if profile is None:
        return _nothing()
    if category is None:
        return grails_json([_category_document(item) for item in profile.categories])
    found = [item for item in profile.categories if item.id == category]
    return grails_json(_category_document(found[0])) if found else _nothing()


def _filters(name: str, category: int, number: Optional[int] = None) -> Response:
    profile = _find(name)
    found = [item for item in profile.categories if item.id == category] if profile else []
    if not found:
        return _nothing()
    filters = [_filter_document(item, place) for place, item in enumerate(found[0].filters, 1)]
    if number is None:
        return grails_json(filters)
    wanted = [item for item in filters if item["id"] == number]
    return grails_json(wanted[0]) if wanted else _nothing()


def _quality(name: str) -> Response:
    profile = profile_named(request.args.get("profileName", ""))
    categories = profile.enabled_categories
    answers: Dict[str, Any] = {
        "activeProfile": lambda: grails_json(_profile_document(profile)),
        "getEnabledFiltersByLabel": lambda: grails_json({c.label: c.joined for c in categories}),
        "getEnabledQualityFilters": lambda: grails_json(_enabled(categories)),
        "getJoinedQualityFilter": lambda: _text(" AND ".join(_enabled(categories))),
        "getGroupedEnabledFilters": lambda: grails_json(
            {
                c.label: [
                    {"description": f.description, "filter": f.filter}
                    for f in c.filters
                    if f.enabled
                ]
                for c in categories
            }
        ),
        "findAllEnabledCategories": lambda: grails_json(
            [_category_document(item) for item in categories]
        ),
        "getInverseCategoryFilter": _inverse_of_category,
        "getAllInverseCategoryFiltersForProfile": _inverse_of_profile,
    }
    answer = answers.get(name)
    return cast(Response, answer()) if answer else html_error(404)


def _inverse_of_category() -> Response:
    number = request.args.get("qualityCategoryId", "")
    for profile in PROFILES:
        for category in profile.categories:
            if str(category.id) == number:
                return _text(_inverse(category))
    return html_error(404)


def _inverse_of_profile() -> Response:
    number = request.args.get("qualityProfileId", "")
    found = [profile for profile in PROFILES if str(profile.id) == number]
    if not found:
        return html_error(404)
    return grails_json({item.label: _inverse(item) for item in found[0].enabled_categories})


def _inverse(category: Category) -> str:
    """Return the filter for just the records that ``category`` leaves out."""
    filters = [item.filter for item in category.filters if item.enabled]
    return " OR ".join(f[1:] if f.startswith("-") else f"(*:* AND -{f})" for f in filters)


def _enabled(categories: List[Category]) -> List[str]:
    return [item.filter for category in categories for item in category.filters if item.enabled]


def _find(name: str) -> Optional[Profile]:
    wanted = DEFAULT_PROFILE if name == "default" else name
    return next((item for item in PROFILES if wanted in (str(item.id), item.short_name)), None)


def _nothing() -> Response:
    return Response("", 200, content_type="application/json;charset=utf-8")


def _text(text: str) -> Response:
    return Response(text, 200, content_type="text/plain;charset=utf-8")


def _profile_document(profile: Profile) -> Dict[str, Any]:
    """Return a profile; whether it is enabled, or the default, is not in it."""
    return {
        "id": profile.id,
        "name": profile.name,
        "shortName": profile.short_name,
        "displayOrder": profile.id,
        "description": profile.description,
        "contactName": "Beheer kwaliteitsprofielen (demo)",
        "contactEmail": "kwaliteit@natuur.example",
        "categories": [_category_document(item) for item in profile.categories],
    }


def _category_document(category: Category) -> Dict[str, Any]:
    return {
        "id": category.id,
        "enabled": category.enabled,
        "name": category.name,
        "label": category.label,
        "description": category.description,
        "displayOrder": category.id % 10,
        "qualityFilters": [
            _filter_document(item, number) for number, item in enumerate(category.filters, 1)
        ],
    }


def _filter_document(item: QualityFilter, place: int) -> Dict[str, Any]:
    return {
        "id": item.id,
        "enabled": item.enabled,
        "description": item.description,
        "filter": item.filter,
        "displayOrder": place,
    }
