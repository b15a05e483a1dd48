"""Markdown, in which version 12 of the Finnish Service Catalogue keeps its longer texts, as plain text."""

import re

_LINK = re.compile(r"!?\[([^\]\n]*)\]\(([^)\s]*)[^)\n]*\)")
_LINE = re.compile(r"^[ \t]{0,3}(?:#{1,6}[ \t]+|>[ \t]?)", re.MULTILINE)
_BULLET = re.compile(r"^([ \t]*)[*+][ \t]+", re.MULTILINE)
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", re.DOTALL)
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>])")


def plain(text: str) -> str:
    """The text without its marks: headings and stress as bare words, a link as its words and its address."""
    found = _LINK.sub(
        lambda link: f"{link[1]} ({link[2]})" if link[1] not in ("", link[2]) else link[2], text
    )
    found = _BULLET.sub(r"\1- ", _LINE.sub("", found))
    found = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", found))
    return _ESCAPED.sub(r"\1", found).strip()
