"""Every page of the console, in one table with the permission it takes."""

from aiohttp import web


def add_routes(app: web.Application) -> None:
    """Serve the console."""
