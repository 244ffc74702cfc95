"""The head of a page that stands alone: its title, styles and script, and a policy that lets it load nothing else."""

import base64
import hashlib
from collections.abc import Sequence
from importlib.resources import files


def html_head(title: str, styles: Sequence[str], script: str = "") -> str:
    """Return a page down to the opening of its main part; *title* is HTML, *styles* are files of this package.

    The page may run *script* and no other, which `html_script` writes at its end.
    """
    style = "".join(map(asset, styles))
    seal = base64.b64encode(hashlib.sha256(f"\n{script}".encode()).digest()).decode()
    policy = "default-src 'none'; style-src 'unsafe-inline'" + (f"; script-src 'sha256-{seal}'" if script else "")
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<main>
"""


def html_script(script: str) -> str:
    """Return *script* as the page holds it, to the character that its seal counts."""
    return f"<script>\n{script}</script>\n"


def asset(name: str) -> str:
    """Return the text of a file of this package."""
    return files("tutor.render").joinpath(name).read_text(encoding="utf-8")
