"""The API for people who write programs: one page made from the same table as the description."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby
from operator import attrgetter
from typing import Any

from pydantic import BaseModel

from bot.api.calls import Call
from bot.staff.permissions import scopes_of

_HEAD = """\
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Perheovi staff API</title>
<meta name="viewport" content="width=device-width">{links}</head><body class="api-docs"><main>
<h1>Perheovi staff API</h1>
<p>For staff and their programs. The whole description, with every field and status:
<a href="/api/openapi.json">OpenAPI 3.1</a>.</p>
<dl class="api-rules">
<dt>Who asks</dt><dd>A program sends <code>Authorization: Bearer …</code> with the token an administrator has made for
it; a person signs in at <a href="/staff/">/staff/</a>. A token may be narrowed to scopes and areas. Callbacks of other
areas are not there: 404.</dd>
<dt>Errors</dt><dd>are <code>application/problem+json</code> (RFC 9457), with <code>errors</code> for single
fields.</dd>
<dt>Lists</dt><dd>answer <code>items</code> and <code>total</code>; <code>limit</code> and <code>offset</code> choose
the page, and the <code>Link</code> header leads to the next one.</dd>
<dt>Entering twice</dt><dd>cannot happen with an <code>Idempotency-Key</code>: the second time answers the first
callback again.</dd>
<dt>Times</dt><dd>are ISO 8601 with their offset.</dd>
</dl>
"""
_GROUPS = {"callbacks": "Callbacks", "alarms": "Alarms", "services": "The catalogue", "reports": "Figures"}


def page(calls: Sequence[Call], style_sheets: Iterable[str], mark: str) -> str:
    """The calls as a page, in groups; `style_sheets` and `mark` are addresses."""
    links = "".join(f'<link rel="stylesheet" href="{escape(sheet)}">' for sheet in style_sheets)
    links += f'<link rel="icon" href="{escape(mark)}">'
    groups = "".join(_group(name, list(found)) for name, found in groupby(calls, key=attrgetter("subject")))
    return f"{_HEAD.format(links=links)}{groups}</main></body></html>"


def _group(name: str, calls: Sequence[Call]) -> str:
    shown = "".join(_call(call) for call in calls)
    return f'<section><h2 id="{escape(name)}">{escape(_GROUPS.get(name, name))}</h2>{shown}</section>'


def _call(call: Call) -> str:
    scopes = "".join(f" <code>{escape(scope)}</code>" for scope in scopes_of(call.permission))
    needs = (
        f"Scope{scopes}"
        if scopes
        else f"Permission <code>{escape(call.permission)}</code>; no token with scopes"
    )
    statuses = " ".join(f"<code>{status}</code>" for status in (call.status, *call.every_problem))
    takes = _fields("Query", call.query) + _fields("Body", call.body) + _headers(call)
    return (
        f'<article class="api-call"><h3><code class="api-method">{call.method}</code> '
        f"<code>{escape(call.path)}</code></h3>"
        f"<p>{escape(call.summary)}.</p><dl><dt>Needs</dt><dd>{needs}</dd>{takes}"
        f"<dt>Answers</dt><dd>{statuses}</dd></dl></article>"
    )


def _fields(title: str, model: type[BaseModel] | None) -> str:
    if model is None:
        return ""
    items = ", ".join(
        _named(name, required=field.is_required()) for name, field in model.model_fields.items()
    )
    return f"<dt>{title}</dt><dd>{items}</dd>"


def _headers(call: Call) -> str:
    if not call.headers:
        return ""
    items: list[Any] = [_named(str(one["name"]), required=bool(one.get("required"))) for one in call.headers]
    return f"<dt>Headers</dt><dd>{', '.join(items)}</dd>"


def _named(name: str, *, required: bool) -> str:
    return f"<code>{escape(name)}</code>" + (" <small>required</small>" if required else "")
