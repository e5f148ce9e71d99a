"""The interactive map in a notebook: in JupyterLab and in an exported page, with the network off."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

import regsam_geo as rg

pytestmark = pytest.mark.slow

CODE = """\
import regsam_geo as rg

rg.explore_map(rg.load_study(lang="de").sel(["Nichtdeutsche", "Hochbetagte"]))"""


@pytest.fixture(scope="module")
def notebook(tmp_path_factory):
    """A notebook with one map, executed."""
    import nbformat
    from nbclient import NotebookClient

    folder = tmp_path_factory.mktemp("notebook")
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CODE)])
    NotebookClient(
        made, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    path = folder / "map.ipynb"
    nbformat.write(made, path)
    return path


def drive(frame):
    """Use the map inside its frame: choose another indicator and pin an area."""
    frame.locator("html.rg-ready").wait_for(state="attached")
    assert frame.locator("path.rg-area").count() == 25
    frame.locator("#rg-indicator").select_option("Hochbetagte")
    assert frame.locator("#rg-title").inner_text() == "Hochbetagte"
    frame.locator("#rg-search").fill("17")
    frame.locator("#rg-search").press("Enter")
    assert frame.locator("#rg-panel h2").inner_text() == "17 Obergiesing-Fasangarten"


def test_it_shows_in_an_exported_page(browser, notebook):
    from nbconvert import HTMLExporter

    page_text, _ = HTMLExporter(template_name="basic").from_filename(str(notebook))
    path = notebook.with_suffix(".html")
    path.write_text(f"<!DOCTYPE html><meta charset='utf-8'>{page_text}", encoding="utf-8")
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    noise: list[str] = []
    page.on("request", lambda request: noise.append(request.url))
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.goto(path.as_uri())
    drive(page.frame_locator("iframe"))
    context.close()
    assert [text for text in noise if text not in (path.as_uri(), "about:srcdoc")] == []


@pytest.fixture
def lab(notebook):
    """A JupyterLab server on this machine; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = notebook.parent
    environment = {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
    }
    # as a user does for a notebook that somebody else has executed
    trust = [sys.executable, "-m", "jupyter", "trust", str(notebook)]
    subprocess.run(trust, env=environment, check=True, capture_output=True)
    options = [
        "--no-browser",
        "--allow-root",
        "--ip=127.0.0.1",
        f"--port={port}",
        "--IdentityProvider.token=",
        f"--ServerApp.root_dir={home}",
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.extension_manager=readonly",
    ]
    log = (home / "lab.log").open("w", encoding="utf-8")
    server = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *options], env=environment, stdout=log, stderr=subprocess.STDOUT
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/api", timeout=2).close()
                break
            except OSError:
                assert server.poll() is None, (home / "lab.log").read_text(encoding="utf-8")[-2000:]
                time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            server.kill()  # it waits for its kernels, which nobody needs any more
            server.wait(30)
        log.close()


def test_it_shows_in_jupyterlab(browser, notebook, lab):
    """The executed notebook is opened and its map used; nothing is asked of any other machine."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(90_000)
    strangers: list[str] = []
    own = (lab, lab.replace("http", "ws"), "data:", "blob:", "about:")
    page.on("request", lambda request: None if request.url.startswith(own) else strangers.append(request.url))
    page.goto(f"{lab}/lab/tree/{notebook.name}")
    page.locator(".jp-OutputArea-output iframe").wait_for()
    drive(page.frame_locator(".jp-OutputArea-output iframe"))
    context.close()
    assert strangers == []


def test_a_map_in_a_hidden_frame_is_fitted_when_it_appears(browser, tmp_path):
    text = rg.explore_map(rg.load_sample().sel("Nichtdeutsche", period=2024), regions=False)._repr_html_()
    path = tmp_path / "page.html"
    path.write_text(f"<!DOCTYPE html><div id='box' style='display: none'>{text}</div>", encoding="utf-8")
    context = browser.new_context(offline=True)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(path.as_uri())
    page.wait_for_timeout(300)
    page.evaluate("() => { document.getElementById('box').style.display = 'block'; }")
    frame = page.frame_locator("iframe")
    frame.locator("html.rg-ready").wait_for(state="attached")
    box = frame.locator("path[data-area='24']").bounding_box()
    assert box["width"] > 40
    context.close()
    assert errors == []
