"""A page that stands alone runs the script it holds and no other, and loads nothing."""

import base64
import hashlib
import re

from hypothesis import given
from hypothesis import strategies as st

from tutor.render.html_head import asset, html_head, html_script


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), min_size=1))
def test_the_policy_lets_run_what_lies_between_the_tags_to_the_byte(script: str) -> None:
    held = html_script(script).removeprefix("<script>").removesuffix("</script>\n")
    seal = base64.b64encode(hashlib.sha256(held.encode()).digest()).decode()
    assert f"script-src 'sha256-{seal}'" in _policy(html_head("A page", (), script))


def test_without_a_script_none_may_run() -> None:
    assert _policy(html_head("A page", ())) == "default-src 'none'; style-src 'unsafe-inline'"


def test_styles_stand_in_the_page_in_the_order_they_are_named() -> None:
    head = html_head("A page", ("report.css", "result.css"))
    assert f"<style>\n{asset('report.css')}{asset('result.css')}</style>" in head


def test_a_title_is_taken_as_html() -> None:
    assert "<title>a &lt; b</title>" in html_head("a &lt; b", ())


def _policy(head: str) -> str:
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', head)
    assert isinstance(policy, str)
    return policy
