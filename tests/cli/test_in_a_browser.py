"""The pages that commands write, in Debian's chromium. `nox -s browser` installs what these tests need."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.browser import launched_chromium, needs_chromium

from sesv2kit.cli.charts import Day
from sesv2kit.cli.charts import page as chart
from sesv2kit.cli.preview import page as preview
from sesv2kit.cli.rendering import Rendered

needs_chromium("browser")


@pytest.fixture(scope="module")
def chromium() -> Any:
    with launched_chromium() as browser:
        yield browser


def test_a_preview_shows_the_html_and_runs_no_script_of_it(chromium: Any, tmp_path: Path) -> None:
    html = '<p id="hi">Dear Ann</p><script>document.body.textContent = "harm"</script><img src=x onerror="alert(1)">'
    path = tmp_path / "preview.html"
    path.write_text(preview("news", Rendered("News", "Dear Ann", html, ("name",))), encoding="utf-8")
    page = chromium.new_page()
    dialogs: list[object] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog), dialog.dismiss()))
    page.goto(path.as_uri())
    assert page.frame_locator("iframe").locator("#hi").inner_text(timeout=20_000) == "Dear Ann"
    assert page.locator("pre").inner_text() == "Dear Ann"
    assert not dialogs
    page.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_chart_fits_its_window(chromium: Any, tmp_path: Path, width: int) -> None:
    path = tmp_path / "stats.html"
    days = [Day(date=date(2026, 1, number), sent=number * 1000, delivered=number * 900) for number in range(1, 31)]
    path.write_text(chart(days, "Mail"), encoding="utf-8")
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto(path.as_uri())
    assert page.locator("svg rect.delivered").count() == 30
    assert page.evaluate("document.querySelector('svg').getBoundingClientRect().right") <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
