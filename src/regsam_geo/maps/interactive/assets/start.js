// Puts the page together: state -> view -> map, legend, panel, table, address.

function start(map) {
  const data = readData(document.getElementById("rg-data").textContent);
  let state = stateFromHash(data, location.hash);
  let view = null;
  // only what a reader moves goes into the address, not the fit to the window
  let touched = false;
  // the size of the map that shows the whole city
  let fitted = "";

  L.control.zoom({ position: "topleft", zoomInTitle: data.texts.zoom_in, zoomOutTitle: data.texts.zoom_out }).addTo(map);
  map.attributionControl.setPrefix(false);
  const act = (deed) => {
    if (deed.pin) change(afterClick(state, deed.pin.id));
    if (deed.change) change(deed.change);
    if (deed.legend) showLegend(view);
    if ("light" in deed) {
      picture.light(deed.light, deed.tell);
      chart.light(deed.light);
    }
  };
  const picture = new Picture(map, data, act);
  const chart = new Chart(act);
  const controls = new Controls(data, change, reset);
  const take = new Take(data, map, () => stateToHash(data, state));

  function change(wish, how = {}) {
    // one indicator twice would say nothing: the two change their places
    const swapped = wish.series !== undefined && wish.series === state.second ? { second: state.series } : {};
    state = mended(data, { ...state, ...wish, ...swapped });
    draw();
    if (how.zoom && state.area) {
      const layer = picture.layers.get(state.area);
      map.flyToBounds(layer.getBounds(), { maxZoom: map.getZoom() + 1, padding: [60, 60], animate: !calm() });
    }
    if (!how.quiet) announce();
    remember();
  }

  function draw() {
    view = new View(data, state);
    picture.setLevel(view.level);
    picture.draw(view);
    controls.show(view);
    take.show(view);
    chart.draw(view);
    showTitle(view);
    showLegend(view);
    showPlaces(view, (kind, wish) => {
      const others = state.unshown.filter((one) => one !== kind);
      change({ unshown: wish ? others : [...others, kind].sort() });
    });
    showWarnings(view, (area) => change({ area: area.id }));
    const close = () => {
      const last = state.area;
      change({ area: null });
      picture.layers.get(last).getElement().focus();
    };
    showPanel(view, close);
    showCard(view, close);
    showTable(view, (area) => change({ area: area.id }), (series) => change({ series }));
  }

  function reset() {
    state = firstState(data);
    draw();
    showAll();
    announce();
    remember();
  }

  /** Show the whole city, or the place that the address names. */
  function showAll() {
    touched = false;
    map.invalidateSize({ animate: false });
    // a hidden page has no size yet; the map is fitted as soon as it has one
    const size = map.getSize();
    if (size.x < 80 || size.y < 80) return;
    fitted = size.x + " " + size.y;
    if (state.place) map.setView([state.place[1], state.place[2]], state.place[0], { animate: false });
    else map.fitBounds(picture.bounds, { padding: [12, 12], animate: false });
  }

  /** Tell a screen reader what has changed. */
  function announce() {
    const area = view.level.areas.find((one) => one.id === state.area);
    const title = document.getElementById("rg-title").textContent;
    document.getElementById("rg-status").textContent =
      title + ", " + view.periodText + ", " + view.level.name + (area ? ". " + describe(view, area) : "");
  }

  /** Keep the state in the address; a page inside another (a notebook) has none of its own. */
  function remember() {
    if (location.protocol === "about:") return;
    history.replaceState(null, "", "#" + stateToHash(data, state));
  }

  document.getElementById("rg-skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("rg-legend").focus();
  });
  window.addEventListener("hashchange", () => {
    state = stateFromHash(data, location.hash);
    draw();
    showAll();
  });
  map.on("dragend zoomend", (event) => {
    if (event.type === "zoomend" && !touched) return;
    const middle = map.getCenter();
    state.place = [map.getZoom(), Number(middle.lat.toFixed(4)), Number(middle.lng.toFixed(4))];
    remember();
  });
  for (const name of ["wheel", "pointerdown", "keydown"]) {
    map.getContainer().addEventListener(name, () => { touched = true; }, { passive: true, capture: true });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state.area) change({ area: null });
  });
  matchMedia(NARROW).addEventListener("change", draw);
  // the card says what the panel says: it goes as soon as that is seen
  new IntersectionObserver(([seen]) => {
    document.getElementById("rg-card").classList.toggle("rg-beside", seen.intersectionRatio > 0.25);
  }, { threshold: [0, 0.25, 0.5] }).observe(document.getElementById("rg-panel"));
  new ResizeObserver(([{ target }]) => {
    if (!state.place && target.clientWidth + " " + target.clientHeight !== fitted) showAll();
  }).observe(map.getContainer());
  let wide = 0;
  new ResizeObserver(([box]) => {
    if (Math.abs(box.contentRect.width - wide) > 1 && state.view !== "map") chart.draw(view);
    wide = box.contentRect.width;
  }).observe(document.getElementById("rg-chart"));
  window.addEventListener("beforeprint", () => {
    document.documentElement.classList.add("rg-printing");
    showAll();
    cutToPaper(document.querySelector(".rg-side"), data.texts.cut);
  });
  window.addEventListener("afterprint", () => {
    document.documentElement.classList.remove("rg-printing");
    document.querySelector(".rg-side").style.fontSize = "";
    document.querySelectorAll(".rg-cut-note").forEach((note) => note.remove());
    draw();
    showAll();
  });

  // what stands above the map decides how high it is: drawn before, the map would be drawn twice
  view = new View(data, state);
  controls.show(view);
  showTitle(view);
  showAll();
  draw();
  document.documentElement.classList.add("rg-ready");
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Leave out what the paper has no room for, and count the warnings among it; those of the pinned area stay. */
function cutToPaper(side, text) {
  const full = () => side.scrollHeight > side.clientHeight;
  const note = make("p", { class: "rg-note rg-cut-note" });
  const kept = new Set(side.querySelectorAll(".rg-own li"));
  // two indicators of an area take more room than one
  const pinned = kept.size > 0 || side.querySelectorAll(".rg-facts").length > 1;
  const items = [...side.querySelectorAll("li")].filter((item) => !kept.has(item));
  let left = 0;
  while (full() && items.length) {
    const last = items.pop();
    last.classList.add("rg-cut");
    // the sentence of the pinned area stands in its panel too
    if (!last.classList.contains("rg-twice")) left += 1;
    const list = last.parentElement;
    if (!items.some((item) => item.parentElement === list)) {
      // nothing is left below this heading
      for (let part = list; part; part = part.previousElementSibling) {
        part.classList.add("rg-cut");
        if (/^H[23]$/.test(part.tagName)) break;
      }
    }
    note.textContent = fill(text, { n: left });
    if (left) side.append(note);
  }
  // then what the pinned area can do without, before its warnings
  for (const name of pinned ? [".rg-spark-box", "#rg-panel dl", ".rg-line-key", ".rg-facts tbody tr:nth-child(3)", ".rg-facts ~ .rg-facts thead"] : []) {
    for (const part of [...side.querySelectorAll(name)].reverse()) {
      if (full()) part.classList.add("rg-cut");
    }
  }
  for (let size = 11.5; pinned && full() && size >= 8; size -= 0.5) side.style.fontSize = size + "px";
}
