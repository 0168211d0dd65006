"""The pages in Chromium: they play, jump, follow the voice, and run nothing but their own script.

Collected only where Chromium and its driver are installed.
"""

from __future__ import annotations

import dataclasses
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import builders
import hostile
import published
import pytest
from test_pages import NASTY, nasty
from tools import OTHERS, there

from podcast.config import load_show
from podcast.make import Preview, read_edition
from podcast.model import Episode, Show, Sound, Voice
from podcast.preview_server import serve_preview
from podcast.publish.pages import embed_page, episode_page, index_page, snippet
from podcast.publish.report import report_page
from podcast.serve import Server, serve_app, serve_folder
from podcast.speak.engines.silence import SilenceEngine
from podcast.write.template import TemplateWriter

AXE = OTHERS / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
__test__ = there("chromium", "chromedriver")

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage --mute-audio"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Show, Episode]]:
    folder = tmp_path_factory.mktemp("show")
    show, _, episode = published.a_published_show(folder)
    with serve_folder(folder / "feeds", port=0) as server:
        yield server, show, episode


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = CHROMIUM or ""
    for flag in [*FLAGS.split(), f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"]:
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    driver.set_script_timeout(20)
    yield driver
    driver.quit()


@pytest.fixture
def page(site: tuple[Server, Show, Episode], browser: Any) -> Iterator[Any]:
    """The episode's page with its audio loaded; whatever a test does there, the console stays empty."""
    server, _, episode = site
    browser.get_log("browser")
    browser.get("about:blank")
    browser.get(f"{server.address}{episode.slug}.html")
    wait(browser, "audio.readyState >= 1")
    yield browser
    assert browser.get_log("browser") == []


def wait(browser: Any, condition: str) -> None:
    """Wait until the expression is true, checked with every frame that the browser draws."""
    found = browser.execute_async_script(
        "const done = arguments[0], limit = performance.now() + 10000;"
        "const audio = document.querySelector('audio');"
        f"const look = () => ({condition}) ? done(true) : performance.now() > limit ? done(false)"
        " : requestAnimationFrame(look);"
        "look();"
    )
    assert found, f"never true: {condition}"


def landing(browser: Any, element: Any, key: str = "") -> float:
    """Where the audio is after the jump that a click or a key on the element starts; it is paused there."""
    run(
        browser,
        "window.landed = null;"
        "audio.addEventListener('play', () => audio.pause(), { once: true });"
        "audio.addEventListener('seeked', () => { landed = audio.currentTime; }, { once: true });",
    )
    element.send_keys(key) if key else element.click()
    wait(browser, "window.landed !== null && audio.paused")
    return float(browser.execute_script("return landed"))


@contextmanager
def screen(browser: Any, width: int, height: int, scheme: str = "light") -> Iterator[None]:
    """A screen of that size, by day or by night."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    yield
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def run(browser: Any, code: str, *values: object) -> Any:
    return browser.execute_script(
        "const audio = document.querySelector('audio');" + code, *values
    )


def test_it_plays(page: Any) -> None:
    """The MP3 plays, its length is the record's, and the words follow."""
    page.find_element("css selector", ".chapters a").click()
    wait(page, "audio.currentTime > 0.8 && !audio.paused")
    wait(page, "document.querySelector('.said .on') !== null")
    run(page, "audio.pause()")


def test_its_length_is_the_records(page: Any, site: tuple[Server, Show, Episode]) -> None:
    """What Chromium finds is what was counted."""
    assert abs(run(page, "return audio.duration") * 1000 - site[2].duration) < 60


def test_each_chapter_link_lands(page: Any, site: tuple[Server, Show, Episode]) -> None:
    """A click on a chapter seeks to its start, and marks it as the current one."""
    for link, chapter in zip(
        page.find_elements("css selector", ".chapters a"), site[2].chapters, strict=True
    ):
        assert abs(landing(page, link) - chapter.start / 1000) < 0.05
        assert link.get_attribute("aria-current") == "true"
        assert run(page, "return document.querySelector('.now').textContent") == chapter.title
        assert len(page.find_elements("css selector", "[aria-current]")) == 1


def test_the_word_that_is_heard_is_marked(
    page: Any, site: tuple[Server, Show, Episode]
) -> None:
    """At the middle of any word, that word and no other is marked."""
    words = [word for line in site[2].lines for word in line.words][::9]
    marked = page.execute_async_script(
        """const [times, done] = arguments, audio = document.querySelector('audio'), found = [];
        const next = () => {
          if (!times.length) return done(found);
          audio.addEventListener('seeked', () => {
            found.push([...document.querySelectorAll('.on')].map((word) => word.textContent));
            next();
          }, { once: true });
          audio.currentTime = times.shift();
        };
        next();""",
        [(word.start + word.end) / 2000 for word in words],
    )
    assert marked == [[word.text] for word in words]


def test_the_page_follows_the_voice(page: Any, site: tuple[Server, Show, Episode]) -> None:
    """On a small screen, the word that is heard comes into view; under who reads elsewhere, nothing moves."""
    metrics = {"width": 320, "height": 420, "deviceScaleFactor": 1, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    words = site[2].lines[2].words
    heard = "[...document.querySelectorAll('.said')[2].children].findIndex((word) => word.matches('.on'))"
    page.find_element("css selector", ".chapters a").click()
    run(page, "audio.currentTime = arguments[0]", words[0].start / 1000)
    wait(page, f"{heard} >= 0")
    run(
        page,
        "document.querySelectorAll('.said')[2].firstChild.scrollIntoView({ block: 'center' })",
    )
    run(page, "audio.currentTime = arguments[0]", words[-9].start / 1000)
    wait(page, f"{heard} > {len(words) - 10}")
    box = run(
        page,
        "return document.querySelectorAll('.said')[2].lastChild.getBoundingClientRect().toJSON()",
    )
    below = run(page, "return document.querySelector('.player').getBoundingClientRect().bottom")
    assert below < box["top"] < box["bottom"] < 420
    run(page, "scrollTo(0, 0); audio.currentTime = arguments[0]", words[0].start / 1000)
    wait(page, f"{heard} > 1")
    assert run(page, "audio.pause(); return scrollY") == 0
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_a_click_on_a_word_jumps_there(page: Any, site: tuple[Server, Show, Episode]) -> None:
    """The clicked word is the one that is heard."""
    line = site[2].lines[2]
    word = page.find_elements("css selector", ".said")[2].find_elements("css selector", "span")[
        5
    ]
    assert abs(landing(page, word) - line.words[5].start / 1000) < 0.05
    assert word.text == line.words[5].text


def test_the_keyboard_is_enough(page: Any, site: tuple[Server, Show, Episode]) -> None:
    """Chapters are reached with Tab and jumped to with Enter; every control has a name."""
    from selenium.webdriver.common.keys import Keys

    link = page.find_elements("css selector", ".chapters a")[1]
    for _ in range(40):
        page.switch_to.active_element.send_keys(Keys.TAB)
        if page.switch_to.active_element == link:
            break
    assert page.switch_to.active_element == link
    assert abs(landing(page, link, Keys.ENTER) - site[2].chapters[1].start / 1000) < 0.05
    nameless = run(
        page,
        "return [...document.querySelectorAll('a, button, audio')]"
        ".filter((e) => !(e.getAttribute('aria-label') || e.textContent.trim())).length",
    )
    assert nameless == 0


def press(browser: Any, *keys: str) -> None:
    """Keys pressed with nothing focused."""
    from selenium.webdriver.common.action_chains import ActionChains

    run(browser, "document.activeElement.blur()")
    ActionChains(browser).send_keys(*keys).perform()


def test_buttons_and_bar_do_what_they_say(page: Any) -> None:
    """Back, forward, speed, and a click in the middle of the bar; hovering says which time and chapter."""
    from selenium.webdriver.common.action_chains import ActionChains

    run(page, "audio.currentTime = 3")
    page.find_element("css selector", "[data-do=back]").click()
    wait(page, "!audio.seeking && audio.currentTime === 0")
    page.find_element("css selector", ".speed").click()
    wait(page, "document.querySelector('.speed').textContent === '1.25×'")
    assert run(page, "return audio.playbackRate") == 1.25

    bar = page.find_element("css selector", ".bar")
    bar.click()
    wait(page, "!audio.seeking")
    assert abs(run(page, "return audio.currentTime / audio.duration") - 0.5) < 0.02
    ActionChains(page).move_to_element(bar).perform()
    assert page.find_element("css selector", ".tip").text.startswith("0:")
    run(page, "localStorage.clear()")


def test_keys_play_skip_and_change_speed(page: Any) -> None:
    """Each key does what the list behind `?` says of it; typing in the search is left alone."""
    press(page, "5")
    wait(page, "!audio.seeking")
    assert abs(run(page, "return audio.currentTime / audio.duration") - 0.5) < 0.01
    before = run(page, "return audio.currentTime")
    press(page, "\ue012")  # arrow left
    wait(page, "!audio.seeking")
    assert abs(before - run(page, "return audio.currentTime") - 5) < 0.2
    press(page, "0", "n")
    wait(page, "!audio.seeking")
    assert run(page, "return audio.currentTime") > 1
    press(page, " ")
    wait(page, "!audio.paused")
    press(page, "k")
    wait(page, "audio.paused")
    press(page, ">")
    assert run(page, "return audio.playbackRate") == 1.25
    press(page, "<")
    press(page, "?")
    assert page.find_element("css selector", "dialog").is_displayed()
    page.find_element("css selector", "dialog button").click()

    search = page.find_element("id", "search")
    here = run(page, "return audio.currentTime")
    search.send_keys("kettle 5")
    assert run(page, "return audio.currentTime") == here
    run(page, "localStorage.clear()")


def test_a_listener_who_comes_back_goes_on(page: Any) -> None:
    """The place in the episode and the speed are remembered; at the end of the episode the place is not."""
    run(page, "document.querySelector('.speed').click()")
    run(page, "audio.currentTime = 6")
    wait(page, "!audio.seeking")
    run(page, "audio.dispatchEvent(new Event('pause'))")
    page.refresh()
    wait(page, "audio.readyState >= 1 && !audio.seeking")
    assert abs(run(page, "return audio.currentTime") - 6) < 0.2
    assert run(page, "return audio.playbackRate") == 1.25

    page.find_element("css selector", ".toggle").click()
    run(page, "audio.currentTime = audio.duration - 0.3")
    wait(page, "audio.ended")
    page.refresh()
    wait(page, "audio.readyState >= 1 && !audio.seeking")
    assert run(page, "return audio.currentTime") == 0
    run(page, "localStorage.clear()")


def test_the_index_says_how_far_a_listener_came(
    site: tuple[Server, Show, Episode], browser: Any
) -> None:
    """An episode that was begun has the time that is left, one that was heard is played."""
    server, _, episode = site
    label = "document.querySelector('.list .play').textContent"
    browser.get(server.address)
    assert run(browser, f"return {label}") == f"0:{episode.duration // 1000}"

    browser.find_element("css selector", ".list .play").click()
    wait(browser, "audio.readyState >= 1")
    run(browser, "audio.pause(); audio.currentTime = 6")
    wait(browser, "!audio.seeking")
    browser.refresh()
    wait(browser, f"{label} === '0:{episode.duration // 1000 - 6} left'")

    run(browser, "audio.currentTime = audio.duration - 1")
    wait(browser, "!audio.seeking")
    browser.find_element("css selector", ".toggle").click()
    wait(browser, f"audio.ended && {label} === 'Played'")
    run(browser, "localStorage.clear()")


def test_the_transcript_is_searched(page: Any, site: tuple[Server, Show, Episode]) -> None:
    """Passages without the words are hidden, the matches counted; accents and case do not matter."""
    search = page.find_element("id", "search")
    search.send_keys("KETTLÉ microphone")
    visible = [
        turn for turn in page.find_elements("css selector", ".turn") if turn.is_displayed()
    ]
    assert len(visible) == 1
    assert "kettle" in visible[0].text
    assert page.find_element("id", "matches").text == "1 match"
    search.clear()
    search.send_keys(" ")
    turns = page.find_elements("css selector", ".turn")
    assert len([turn for turn in turns if turn.is_displayed()]) == len(site[2].lines)


@pytest.mark.parametrize(("width", "height"), [(390, 800), (800, 390)])
def test_on_a_phone_the_player_is_one_row(page: Any, width: int, height: int) -> None:
    """Upright and on its side, the player that stays in sight takes less than 60 pixels of the height."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": True}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    box = run(page, "return document.querySelector('.player').getBoundingClientRect().toJSON()")
    small = run(
        page,
        "return [...document.querySelectorAll('.deck button, .deck summary')]"
        ".filter((e) => e.offsetParent && (e.offsetHeight < 40 || e.offsetWidth < 40)).length",
    )
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert box["height"] < 60
    assert small == 0


def test_without_script_the_browsers_player_stays(page: Any) -> None:
    """Where scripts do not run, the audio has its own controls and no button of ours is shown."""
    page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    page.refresh()
    shown = page.find_element("css selector", "audio").is_displayed()
    deck = page.find_element("css selector", ".deck").is_displayed()
    page.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert shown
    assert not deck


def test_the_captions_load(page: Any, site: tuple[Server, Show, Episode]) -> None:
    """Chromium reads the WebVTT, and finds the first and the last word in it."""
    wait(page, "document.querySelector('track').readyState === 2")
    cues = run(page, "return [...audio.textTracks[0].cues].map((cue) => cue.text)")
    words = [word.text for line in site[2].lines for word in line.words]
    assert words[0] in cues[0]
    assert words[-1] in cues[-1]


def test_broken_sound_and_captions_are_seen(
    site: tuple[Server, Show, Episode], browser: Any, tmp_path: Path
) -> None:
    """Chromium plays no text file, reads no captions without their first word, and says what is missing."""
    feeds, episode = site[1].folder / "feeds", site[2]
    shutil.copy(feeds / f"{episode.slug}.html", tmp_path)
    (tmp_path / episode.audio).write_bytes(b"no sound" * 1000)
    captions = (feeds / f"{episode.slug}.vtt").read_bytes()
    (tmp_path / f"{episode.slug}.vtt").write_bytes(captions.replace(b"WEBVTT", b"WEBVTF"))
    with serve_folder(tmp_path, port=0) as server:
        browser.get(f"{server.address}{episode.slug}.html")
        wait(
            browser, "audio.error !== null && document.querySelector('track').readyState === 3"
        )
        assert any("404" in entry["message"] for entry in browser.get_log("browser"))

        fault = browser.find_element("css selector", ".fault").text
        assert fault == "The audio did not load. Press play to try again."


def test_sound_that_is_gone_comes_back(
    site: tuple[Server, Show, Episode], browser: Any, tmp_path: Path
) -> None:
    """The player says that it did not load, or that there is no network; it keeps the place, and plays once
    the file can be had."""
    feeds, episode = site[1].folder / "feeds", site[2]
    shutil.copy(feeds / f"{episode.slug}.html", tmp_path)
    with serve_folder(tmp_path, port=0) as server:
        browser.get(f"{server.address}{episode.slug}.html#t=7")
        fault = browser.find_element("css selector", ".fault")
        wait(browser, "document.querySelector('.fault').checkVisibility()")
        shutil.copy(feeds / episode.audio, tmp_path)
        browser.find_element("css selector", ".toggle").click()
        wait(browser, "audio.currentTime > 7 && !audio.paused")
        assert not fault.is_displayed()

        run(browser, "audio.pause(); audio.currentTime = 9")
        wait(browser, "!audio.seeking")
        (tmp_path / episode.audio).unlink()
        set_network(browser, offline=True)
        run(browser, "audio.src = audio.src + '?again'; audio.currentTime = 9")
        wait(
            browser,
            "document.querySelector('.fault').textContent.startsWith('You are offline.')",
        )
        shutil.copy(feeds / episode.audio, tmp_path)
        set_network(browser, offline=False)
        wait(browser, "!audio.error && audio.currentTime === 9 && audio.readyState >= 1")
        assert not fault.is_displayed()
        run(browser, "localStorage.clear()")
        browser.get_log("browser")


def set_network(browser: Any, *, offline: bool) -> None:
    rates = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    browser.execute_cdp_cmd("Network.enable", {})
    browser.execute_cdp_cmd("Network.emulateNetworkConditions", {"offline": offline, **rates})


def test_a_slow_line_is_shown(
    site: tuple[Server, Show, Episode], browser: Any, tmp_path: Path
) -> None:
    """While nothing has come yet the player says that it waits; a jump made meanwhile is where it begins."""
    from starlette.applications import Starlette
    from starlette.concurrency import run_in_threadpool
    from starlette.requests import Request
    from starlette.responses import FileResponse
    from starlette.routing import Route

    _, show, episode = site
    arrives = threading.Event()

    async def send(request: Request) -> FileResponse:
        name = request.path_params["name"]
        if name.endswith(".mp3"):
            await run_in_threadpool(arrives.wait, 20)
        return FileResponse(show.folder / "feeds" / name)

    with serve_app(Starlette(routes=[Route("/{name}", send)]), "127.0.0.1", 0) as server:
        browser.get(f"{server.address}{episode.slug}.html")
        press(browser, "5", "k")
        wait(browser, "document.querySelector('.player').ariaBusy === 'true'")
        half = episode.duration / 2000
        assert abs(run(browser, "return audio.currentTime") - half) < 0.1

        ring = "getComputedStyle(document.querySelector('.toggle'), '::after').animationName"
        assert run(browser, f"return {ring}") == "appear, turn"
        with features(browser, {"prefers-reduced-motion": "reduce"}):
            assert run(browser, f"return {ring}") == "appear"

        arrives.set()
        wait(browser, f"audio.currentTime > {half} && !audio.paused")
        wait(browser, "document.querySelector('.player').ariaBusy === 'false'")
        run(browser, "audio.pause(); localStorage.clear()")


@contextmanager
def features(browser: Any, wanted: dict[str, str], media: str = "") -> Iterator[None]:
    """What a reader asks of pages, and what they are shown on: a screen, or paper."""
    rows = [{"name": name, "value": value} for name, value in wanted.items()]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": rows, "media": media})
    yield
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [], "media": ""})


def test_who_wants_no_motion_gets_none(page: Any) -> None:
    """Nothing on the page is animated or slides, and none of its parts changes slowly."""
    with features(page, {"prefers-reduced-motion": "reduce"}):
        page.find_element("css selector", ".chapters a").click()
        wait(page, "document.querySelector('.said .on') !== null")
        assert run(page, "return document.getAnimations().length") == 0
        slow = "getComputedStyle(document.querySelector('.said > span')).transitionDuration"
        assert run(page, f"return {slow}") == "0s"
        run(page, "audio.pause(); localStorage.clear()")


def test_on_paper_there_is_what_can_be_read(page: Any) -> None:
    """Title, sources with their addresses and transcript; no player, no menu, no search."""
    with features(page, {}, "print"):
        shown = run(
            page,
            "return ['h1', '.notes', '#transcript .turn', '.player', '.menu', '[role=search]', '.around']"
            ".filter((css) => document.querySelector(css)?.checkVisibility())",
        )
        assert shown == ["h1", ".notes", "#transcript .turn"]
        printed = "getComputedStyle(document.querySelector('.notes a'), '::after').content"
        assert "https://example.org/" in run(page, f"return {printed}")


PAGE_KINDS = ("html", "embed.html")


@pytest.fixture
def a_preview(tmp_path: Path) -> Iterator[Server]:
    """A preview whose script has a sentence that its post does not support."""
    show = load_show(hostile.a_show(tmp_path))
    post = next((show.folder / "posts").glob("*.md"))
    edition = read_edition(show, post)
    with (
        Preview(show, edition, engine=SilenceEngine(), writer=TemplateWriter()) as preview,
        serve_preview(show, preview) as server,
    ):
        script = preview.script.read_text(encoding="utf-8").rstrip()
        preview.script.write_text(f"{script} It cost 4711 dollars in 1823.\n", encoding="utf-8")
        yield server


@pytest.mark.parametrize("kind", ["", *PAGE_KINDS])
@pytest.mark.parametrize("width", [320, 390, 820])
def test_everything_can_be_touched(
    site: tuple[Server, Show, Episode], browser: Any, width: int, kind: str
) -> None:
    """On a phone and a tablet, what is no link within a text is 44 pixels high and wide, or nearly."""
    server, _, episode = site
    with screen(browser, width, 844):
        browser.get(f"{server.address}{episode.slug}.{kind}" if kind else server.address)
        wait(browser, "!document.querySelector('.deck').hidden")
        small = run(
            browser,
            "return [...document.querySelectorAll('button, summary, input, .bar, a.play, .menu a, .chapters a')]"
            ".filter((e) => e.checkVisibility())"
            ".map((e) => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])"
            ".filter(([, box]) => box.height < 43.5 || box.width < 43.5)"
            ".map(([name, { width, height }]) => [name, width, height])",
        )
        assert small == []


@pytest.mark.parametrize(("width", "height"), [(320, 640), (844, 390), (1280, 900)])
def test_a_button_opens_where_to_follow(
    site: tuple[Server, Show, Episode], browser: Any, width: int, height: int
) -> None:
    """On index and episode page, within the screen's width; a touch elsewhere or Escape closes it."""
    server, _, episode = site
    with screen(browser, width, height):
        for address in (server.address, f"{server.address}{episode.slug}.html"):
            browser.get(address)
            wait(browser, "!document.querySelector('.deck').hidden")
            button = browser.find_element("css selector", ".follow summary")
            link = browser.find_element("css selector", ".follow a[href='feed.xml']")
            button.click()
            assert link.is_displayed()
            assert run(browser, "return document.documentElement.scrollWidth <= innerWidth")
            box = link.rect
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert box["height"] >= 44
            press(browser, "\ue00c")  # Escape
            assert not link.is_displayed()
            button.click()
            run(browser, "document.querySelector('footer').click()")
            assert not link.is_displayed()


class TestAxe:
    """The pages, searched by axe-core for what keeps people out: names, contrast, what a keyboard reaches."""

    __test__ = there(AXE)

    @pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
    def test_it_finds_nothing(
        self,
        site: tuple[Server, Show, Episode],
        browser: Any,
        tmp_path: Path,
        width: int,
        scheme: str,
    ) -> None:
        """On episode page, index, frame, report, on a phone by night and on a desk by day."""
        server, show, episode = site
        metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        (report := tmp_path / "report.html").write_text(
            report_page(show, episode), encoding="utf-8"
        )
        pages = [
            server.address,
            *(f"{server.address}{episode.slug}.{kind}" for kind in PAGE_KINDS),
            report.as_uri(),
        ]
        assert [fault for page in pages for fault in self.faults(browser, page)] == []
        browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})

    @pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
    def test_it_finds_nothing_in_a_preview(
        self, a_preview: Server, browser: Any, width: int, scheme: str
    ) -> None:
        """Its lines have takes and marked sentences; the player is the one of the whole episode."""
        with screen(browser, width, 800, scheme):
            ready = "document.querySelector('.wave') && document.querySelector('mark')"
            assert self.faults(browser, a_preview.address, ready) == []

    def test_it_sees_what_keeps_people_out(
        self, site: tuple[Server, Show, Episode], browser: Any, tmp_path: Path
    ) -> None:
        """A button without a name, pale text, no language."""
        page = (site[1].folder / "feeds" / f"{site[2].slug}.html").read_text(encoding="utf-8")
        page = page.replace(' aria-label="Back 15 seconds"', "").replace(
            "--soft: #67635c", "--soft: #aaa"
        )
        (broken := tmp_path / "broken.html").write_text(
            page.replace('<html lang="en">', "<html>")
        )
        assert set(self.faults(browser, broken.as_uri())) >= {
            "button-name",
            "color-contrast",
            "html-has-lang",
        }

    def test_it_finds_nothing_in_the_plain_transcript(
        self, site: tuple[Server, Show, Episode], browser: Any
    ) -> None:
        """The page for apps is held against WCAG 2.2; it has no parts of a page, by its format."""
        server, _, episode = site
        levels = [f"wcag{number}{level}" for number in (2, 21, 22) for level in ("a", "aa")]
        page = f"{server.address}{episode.slug}.transcript.html"
        assert self.faults(browser, page, levels=levels) == []

    @staticmethod
    def faults(
        browser: Any, address: str, ready: str = "true", levels: list[str] | None = None
    ) -> list[str]:
        browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": True})
        browser.get(address)
        wait(browser, ready)
        browser.execute_script(AXE.read_text(encoding="utf-8"))
        found = browser.execute_async_script(
            "axe.run(arguments[0] ? { runOnly: arguments[0] } : {}).then(arguments[1])", levels
        )
        browser.execute_cdp_cmd("Page.setBypassCSP", {"enabled": False})
        return [fault["id"] for fault in found["violations"]]


def test_an_address_with_a_time_opens_there(
    site: tuple[Server, Show, Episode], browser: Any
) -> None:
    """`#t=SECONDS` of a link that somebody shared."""
    server, _, episode = site
    browser.get("about:blank")
    browser.get(f"{server.address}{episode.slug}.html#t=7")
    wait(browser, "audio.currentTime === 7 && audio.paused")
    assert (
        browser.find_elements("css selector", ".chapters a")[1].get_attribute("aria-current")
        == "true"
    )


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_and_stays(page: Any, width: int, scheme: str) -> None:
    """No sideways scrolling from 320 pixels on, nothing moves while it loads, and the night is dark."""
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600}
    page.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    page.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    page.refresh()
    wait(page, "audio.readyState >= 1 && document.images[0].complete")
    assert run(page, "return document.documentElement.scrollWidth <= innerWidth")
    shift = page.execute_async_script(
        """const done = arguments[0];
        let sum = 0;
        /* A source without a node is inside the browser's own controls. */
        const ours = (entry) => entry.sources.some((source) => source.node);
        new PerformanceObserver((list) => list.getEntries().filter(ours).forEach((e) => sum += e.value))
          .observe({ type: 'layout-shift', buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));"""
    )
    assert shift == 0
    ground = run(page, "return getComputedStyle(document.body).backgroundColor")
    assert (sum(map(int, ground[4:-1].split(","))) < 200) == (scheme == "dark")
    page.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_the_index_plays_any_episode(site: tuple[Server, Show, Episode], browser: Any) -> None:
    """The button of an episode plays it in the one player, and pauses it where it plays."""
    server, _, episode = site
    browser.get_log("browser")
    browser.get(server.address)
    button = browser.find_element("css selector", ".list .play")
    button.click()
    wait(browser, "audio.currentTime > 0.1")
    assert button.get_attribute("aria-label").startswith(f"Pause {episode.title}, ")
    button.click()
    wait(browser, "audio.paused")
    assert browser.get_log("browser") == []
    run(browser, "localStorage.clear()")


def test_the_index_has_the_waveform_of_what_plays(
    site: tuple[Server, Show, Episode], browser: Any, tmp_path: Path
) -> None:
    """Of the latest episode at first, then of the chosen one, with its chapters and its name above; of an
    episode whose frame is gone there is a plain bar, and it plays."""
    _, show, latest = site
    older = dataclasses.replace(
        latest,
        slug="older",
        title="An older one",
        subtitle="",
        chapters=latest.chapters[:2],
        waveform=latest.waveform[:50],
    )
    gone = dataclasses.replace(latest, slug="gone", title="Without a frame")
    for episode in (latest, older, gone):
        shutil.copy(show.folder / "feeds" / latest.audio, tmp_path / episode.audio)
    for episode in (latest, older):
        frame = tmp_path / f"{episode.slug}.embed.html"
        frame.write_text(embed_page(show, episode), encoding="utf-8")
    entries = (latest, older, gone)
    (tmp_path / "index.html").write_text(index_page(show, entries), encoding="utf-8")

    strokes = "document.querySelector('.bar .wave').viewBox.baseVal.width"
    with serve_folder(tmp_path, port=0) as server, screen(browser, 1280, 900):
        browser.get(server.address)
        wait(browser, f"document.querySelector('.bar .wave') && {strokes} > 50")
        buttons = browser.find_elements("css selector", ".list .play")
        buttons[1].click()
        wait(
            browser,
            f"document.querySelector('.bar .wave') && {strokes} === 50 && !audio.paused",
        )
        now = f"{older.chapters[0].title} · An older one"
        wait(browser, f"document.querySelector('.now').textContent === '{now}'")
        assert browser.find_element("css selector", ".latest").text.endswith("An older one")

        browser.find_element("css selector", ".next").click()
        wait(browser, f"audio.currentTime >= {older.chapters[1].start / 1000}")
        buttons[2].click()
        wait(browser, "audio.currentTime > 0.1 && audio.src.includes('gone')")
        assert browser.find_elements("css selector", ".bar .wave") == []
        run(browser, "audio.pause(); localStorage.clear()")
        browser.get_log("browser")


def test_the_snippet_plays_in_a_blog(
    site: tuple[Server, Show, Episode], browser: Any, tmp_path: Path
) -> None:
    """On another origin, the MP3 plays and chapters jump; two snippets do not disturb each other."""
    server, show, episode = site
    here = snippet(dataclasses.replace(show, url=server.address), episode, "plain")
    (tmp_path / "index.html").write_text(
        f"<!doctype html><link rel=icon href=data:,><title>Blog</title>{here}{here}",
        encoding="utf-8",
    )
    with serve_folder(tmp_path, port=0) as blog:
        browser.get_log("browser")
        browser.get(blog.address)
        second = len(episode.chapters) + 1
        browser.find_elements("css selector", "figure li a")[second].click()
        audio = "document.querySelectorAll('audio')"
        wait(
            browser,
            f"{audio}[1].currentTime >= {episode.chapters[1].start / 1000} && !{audio}[1].paused",
        )
        assert run(browser, f"return {audio}[0].currentTime") == 0
        assert browser.current_url == blog.address
        assert browser.get_log("browser") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 900])
def test_the_frame_plays_in_a_blog(
    site: tuple[Server, Show, Episode], browser: Any, tmp_path: Path, width: int, scheme: str
) -> None:
    """On another origin, the framed player fits its frame in light and dark, plays, and its chapters jump."""
    server, show, episode = site
    here = snippet(dataclasses.replace(show, url=server.address), episode, "html")
    (tmp_path / "index.html").write_text(
        "<!doctype html><meta name=viewport content='width=device-width'><link rel=icon href=data:,>"
        f"<title>Blog</title><style>a,p{{color:lime}}</style>{here}",
        encoding="utf-8",
    )
    with serve_folder(tmp_path, port=0) as blog, screen(browser, width, 700, scheme):
        browser.get_log("browser")
        browser.get(blog.address)
        browser.switch_to.frame(browser.find_element("css selector", "iframe"))
        wait(browser, "audio && !document.querySelector('.deck').hidden")
        root = "document.documentElement"
        assert run(
            browser,
            f"return {root}.scrollWidth <= innerWidth && {root}.scrollHeight <= innerHeight",
        )
        browser.find_element("css selector", ".drawers summary").click()
        browser.find_elements("css selector", "ol a")[1].click()
        wait(
            browser, f"audio.currentTime >= {episode.chapters[1].start / 1000} && !audio.paused"
        )
        run(browser, "audio.pause()")
        ground = run(browser, "return getComputedStyle(document.body).backgroundColor")
        assert (ground == "rgb(20, 20, 22)") == (scheme == "dark")
        browser.switch_to.default_content()
        assert browser.get_log("browser") == []


@pytest.mark.parametrize(
    "text", [t for k, t in NASTY.items() if k != "controls"], ids=lambda t: t[:12]
)
def test_nothing_foreign_runs(text: str, browser: Any, tmp_path: Path) -> None:
    """Titles, names, words and links made to break out: no script of theirs runs, and the page works."""
    show = builders.a_show(tmp_path, title=text, author=text, description=text, copyright=text)
    episode = nasty(text)
    for name, page in (
        ("episode", episode_page(show, episode)),
        ("index", index_page(show, [episode])),
        ("blog", f"<!doctype html><meta charset=utf-8>{snippet(show, episode, 'plain')}"),
    ):
        (path := tmp_path / f"{name}.html").write_text(page, encoding="utf-8")
        browser.get(path.as_uri())
        assert run(browser, "return window.hit") is None
        if name == "episode":
            shown = run(browser, "return document.querySelector('h1').textContent")
            assert shown == text
            marked = "return document.querySelectorAll('.said > span').length"
            assert run(browser, marked) == len(text.split())


def test_nothing_of_a_hostile_edition_runs(browser: Any, tmp_path: Path) -> None:
    """A whole make, from a post that breaks out of what it can: its pages, transcript, report and mail."""
    show = hostile.a_show(tmp_path)
    hostile.say(
        "report",
        "--show",
        show,
        "--date",
        hostile.DATE,
        "--out",
        show / "feeds" / "report.html",
    )
    hostile.mail_page(show / "feeds", show)
    pages = sorted((show / "feeds").glob("*.html"))
    assert len(pages) == 6
    with serve_folder(show / "feeds", port=0) as server:
        for page in pages:
            browser.get(f"{server.address}{page.name}")
            assert run(browser, "return window.hit") is None
            for link in browser.find_elements("css selector", "a[href]"):
                assert urlsplit(link.get_attribute("href")).scheme != "javascript"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390, 1000])
def test_the_mail_can_be_read_anywhere(
    mail_page: str, browser: Any, width: int, scheme: str
) -> None:
    """From a phone's width on nothing leaves the screen, the button can be touched, and text stands out
    from its ground by day and by night."""
    with screen(browser, width, 800, scheme):
        browser.get(mail_page)
        assert run(browser, "return document.documentElement.scrollWidth <= innerWidth")
        button = run(
            browser, "return document.querySelector('.button').getBoundingClientRect().toJSON()"
        )
        assert button["height"] >= 44
        weakest = browser.execute_script(
            """const light = (colour) => colour.match(/\\d+/g).slice(0, 3).map((c) => c / 255)
              .map((c) => c <= .04045 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
              .reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
            const ground = (e) => { const c = getComputedStyle(e).backgroundColor;
              return c === 'rgba(0, 0, 0, 0)' ? ground(e.parentElement) : c; };
            const ratio = (e) => { const [a, b] = [light(getComputedStyle(e).color), light(ground(e))];
              return (Math.max(a, b) + .05) / (Math.min(a, b) + .05); };
            return Math.min(...[...document.querySelectorAll('a, p, h1, h2, td, li')].map(ratio));"""
        )
        assert weakest >= 4.5


@pytest.fixture(scope="module")
def mail_page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a mail's HTML, as a file."""
    folder = tmp_path_factory.mktemp("mail")
    show = hostile.a_show(folder)
    return hostile.mail_page(folder, show).as_uri()


def test_a_preview_plays_and_follows_the_script(browser: Any, tmp_path: Path) -> None:
    """Its lines play one after the other, and an edit appears in the page with its sentence marked."""
    show = load_show(hostile.a_show(tmp_path))
    post = next((show.folder / "posts").glob("*.md"))
    with (
        Preview(
            show, read_edition(show, post), engine=SilenceEngine(), writer=TemplateWriter()
        ) as preview,
        serve_preview(show, preview) as server,
    ):
        browser.get_log("browser")
        browser.get(server.address)
        wait(browser, "document.querySelector('.wave') !== null")
        browser.find_element("css selector", ".toggle").click()
        wait(browser, "document.querySelectorAll('.passage')[1].classList.contains('on')")
        browser.find_element("css selector", ".toggle").click()
        wait(browser, "audio.paused && !document.querySelector('.passage.on')")
        browser.find_elements("css selector", ".passage button")[3].click()
        wait(browser, "document.querySelectorAll('.passage')[3].classList.contains('on')")
        browser.find_element("css selector", ".toggle").click()

        script = preview.script.read_text(encoding="utf-8").rstrip()
        preview.script.write_text(f"{script} It cost 4711 dollars in 1823.\n", encoding="utf-8")
        wait(browser, "document.getElementById('chapters').textContent.includes('4711')")
        wait(
            browser,
            "[...document.querySelectorAll('mark')].some((m) => m.textContent.includes('4711'))",
        )
        assert run(browser, "return document.documentElement.scrollWidth <= innerWidth")
        assert [
            entry for entry in browser.get_log("browser") if "favicon" not in entry["message"]
        ] == []


class SlowEngine(SilenceEngine):
    """Says so many passages, and the others once it may."""

    name = "slow"
    jobs = 1

    def __init__(self, passages: int) -> None:
        self.may_go_on = threading.Event()
        self._left = passages

    def say(self, text: str, voice: Voice, attempt: int = 0) -> Sound:
        self._left -= 1
        if self._left < 0:
            self.may_go_on.wait(60)
        return super().say(text, voice, attempt)


def test_a_preview_is_heard_while_it_is_spoken(browser: Any, tmp_path: Path) -> None:
    """The passages that are there play in order; the player waits for the next one, goes on with it, and
    goes over to the whole episode at the place where it is."""
    show = load_show(hostile.a_show(tmp_path))
    edition = read_edition(show, next((show.folder / "posts").glob("*.md")))
    engine = SlowEngine(passages=2)
    on = "[...document.querySelectorAll('.passage')].findIndex((row) => row.classList.contains('on'))"
    with (
        Preview(show, edition, engine=engine, writer=TemplateWriter()) as preview,
        serve_preview(show, preview) as server,
    ):
        browser.get(server.address)
        wait(browser, "document.querySelectorAll('.passage:not(.waiting)').length === 2")
        run(browser, "audio.defaultPlaybackRate = audio.playbackRate = 4")
        wait(browser, "audio.readyState > 0")
        browser.find_element("css selector", ".toggle").click()
        wait(browser, f"{on} === 1")
        wait(browser, f"{on} === 2")
        assert run(browser, "return audio.getAttribute('src')") is None
        engine.may_go_on.set()
        # The whole episode has a player, and an audio element, of its own.
        playing = "!document.querySelector('audio').paused"
        wait(browser, f"document.querySelector('.wave') && {on} >= 2 && {playing}")
        lines = [
            line for chapter in preview.wait_for_news(-1, 0).chapters for line in chapter.lines
        ]
        at = float(run(browser, "return audio.currentTime"))
        assert at * 1000 >= (lines[2].start or 0)
        run(browser, "audio.pause()")
