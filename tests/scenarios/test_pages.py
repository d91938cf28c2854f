from __future__ import annotations

import urllib.parse
import urllib.request
from collections.abc import Iterator

import pytest

from scenarios.driver.pages import Pages
from scenarios.driver.spec import parse

SPEC = {
    "name": "web",
    "persona": {"email": "ines@rowan.test"},
    "mail": [{"id": "wax", "from": "Bo Lund", "subject": "Wax & wicks", "body": "One line.\nAnother."}],
    "pages": {
        "wicks.test/cotton": {"title": "Cotton wicks", "body": "A wick of cotton.\n\nBraid it."},
        "wicks.test/paper": {"title": "Paper", "body": "<p>wick</p>"},
    },
}


@pytest.fixture
def sent() -> list[dict[str, str]]:
    return []


@pytest.fixture
def pages(sent: list[dict[str, str]]) -> Iterator[Pages]:
    served = Pages(parse(SPEC), sent.append)
    yield served
    served.close()


def get(pages: Pages, host: str, path: str, form: dict[str, str] | None = None) -> str:
    data = urllib.parse.urlencode(form).encode() if form else None
    request = urllib.request.Request(f"http://127.0.0.1:{pages.port}{path}", data, {"Host": host})
    with urllib.request.urlopen(request, timeout=5) as answer:
        return str(answer.read().decode())


def test_the_search_engine_lists_the_best_page_first(pages: Pages) -> None:
    found = get(pages, "find.test", "/search?q=cotton+wick")
    assert found.index("wicks.test/cotton") < found.index("wicks.test/paper")
    assert "<title>cotton wick - Finder</title>" in found


def test_a_body_without_tags_becomes_paragraphs(pages: Pages) -> None:
    assert "<p>A wick of cotton.</p><p>Braid it.</p>" in get(pages, "wicks.test", "/cotton")


def test_an_unknown_page_is_not_found(pages: Pages) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404") as caught:
        get(pages, "wicks.test", "/silk")
    caught.value.close()


def test_mail_is_listed_read_and_answered(pages: Pages, sent: list[dict[str, str]]) -> None:
    assert 'id="mwax"' in get(pages, "mail.test", "/")
    assert "Wax &amp; wicks" in get(pages, "mail.test", "/m/wax")
    assert "To: Bo Lund" in get(pages, "mail.test", "/m/wax/reply")
    assert "has been sent" in get(pages, "mail.test", "/send", {"to": "Bo Lund", "body": "Thank you"})
    assert sent == [{"to": "Bo Lund", "body": "Thank you"}]


def test_a_page_reports_what_it_shows(pages: Pages) -> None:
    pages.report(b'{"url": "http://wicks.test/", "lines": ["A wick"]}')
    assert pages.now()["lines"] == ["A wick"]
    assert pages.now()["t"] > 0
