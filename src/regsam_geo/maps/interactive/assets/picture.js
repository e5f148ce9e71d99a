// The map: one polygon per area, outlines of the regions, numbers, and the marks of warnings.

const HATCH = "rg-hatch";
const SECRET_HATCH = "rg-hatch-secret";

/** With more areas, numbers are made for those on the screen that have room for one. */
const MANY = 1000;

/** A mark on the map that its group moves: as a listener of its own, Leaflet compares it with all others. */
const Mark = L.Marker.extend({
  getEvents: () => ({}),
  onAdd(map) {
    this._zoomAnimated = this._zoomAnimated && map.options.markerZoomAnimation;
    this._initIcon();
    this.update();
  },
  onRemove() {
    this._removeIcon();
  },
});

/** A group of marks, with one listener of the map for all. */
function markGroup(map) {
  const group = L.featureGroup().addTo(map);
  map.on("zoom viewreset", () => group.eachLayer((mark) => mark.update()));
  map.on("zoomanim", (event) => group.eachLayer((mark) => mark._animateZoom(event)));
  return group;
}

class Picture {
  /** `act` is called with what a reader does: {pin: area} or {moved: true}. */
  constructor(map, data, act) {
    this.map = map;
    this.data = data;
    this.act = act;
    this.layers = new Map();
    this.level = null;
    // below the panes of layers that users add
    for (const [name, order] of [["rg-areas", 350], ["rg-lines", 360], ["rg-symbols", 365], ["rg-focus", 370], ["rg-labels", 380], ["rg-places", 390]]) {
      map.createPane(name).style.zIndex = order;
    }
    for (const name of ["rg-lines", "rg-focus", "rg-labels"]) map.getPane(name).style.pointerEvents = "none";
    // what places say is said in the panel of their area too
    for (const name of ["rg-labels", "rg-places", "rg-symbols"]) map.getPane(name).setAttribute("aria-hidden", "true");
    this.renderer = L.svg({ pane: "rg-areas", padding: 0.5 });
    this.lines = L.svg({ pane: "rg-lines", padding: 0.5 });
    this.focusLines = L.svg({ pane: "rg-focus", padding: 0.5 });
    this.areas = L.featureGroup().addTo(map);
    this.areas.on({
      mouseover: ({ layer }) => { if (this.view) { this.showTip(layer.area); this.act({ light: layer.area }); } },
      mousemove: (event) => { this.tooltip.setLatLng(event.latlng); },
      mouseout: () => { this.hideTip(); this.act({ light: null }); },
      click: ({ layer }) => this.act({ pin: layer.area }),
    });
    this.outlines = L.featureGroup().addTo(map);
    [this.labels, this.marks, this.circles] = [markGroup(map), markGroup(map), markGroup(map)];
    this.numbers = new Map();
    this.places = this.makePlaces();
    this.ring = null;
    this.focusRing = null;
    this.tooltip = L.tooltip({ className: "rg-tooltip", sticky: true, direction: "auto", opacity: 1, offset: [14, 0] });
    map.on("zoomend", () => this.fitLabels());
    map.on("moveend", () => { if (this.isLarge) this.fitLabels(); });
    map.on("zoomend resize", () => {
      if (!this.view || !this.view.circles) return;
      this.drawSymbols(this.view);
      this.act({ legend: true });
    });
    map.on("movestart", () => this.hideTip());
    this.listen();
  }

  /** The bounds of all areas, with room for the zoom buttons. */
  get bounds() {
    return L.latLngBounds(this.data.bounds);
  }

  get isLarge() {
    return this.level !== null && this.level.areas.length > MANY;
  }

  /** Draw the areas of another level. */
  setLevel(level) {
    if (this.level === level) return;
    this.level = level;
    for (const group of [this.areas, this.outlines, this.labels, this.marks, this.circles]) group.clearLayers();
    this.layers.clear();
    this.numbers.clear();
    this.hideFocus();
    const look = this.data.look;
    for (const area of level.areas) {
      const layer = L.polygon(area.polygons, {
        renderer: this.renderer, pane: "rg-areas", color: look.hatch, weight: 1,
        fillOpacity: 1, bubblingMouseEvents: false, className: "rg-area", smoothFactor: 0.5,
      }).addTo(this.areas);
      layer.area = area;
      this.layers.set(area.id, layer);
      if (!this.isLarge) this.addNumber(area);
    }
    this.makeFocusable();
    const line = (weight) => ({ renderer: this.lines, pane: "rg-lines", fill: false, color: look.region_border, weight,
                                interactive: false, smoothFactor: 0.5, className: "rg-line" });
    L.polyline(level.outline, line(1.2)).addTo(this.outlines);
    const regions = this.data.levels.find((one) => one.id === "region");
    for (const region of regions && level.id !== "region" ? regions.areas : []) {
      L.polygon(region.polygons, line(1.8)).addTo(this.outlines);
    }
    this.addHatch();
    this.fitLabels();
  }

  /** Color the areas and write their names for the state shown. */
  draw(view) {
    this.view = view;
    for (const [, layer] of this.layers) {
      const area = layer.area;
      const color = view.colorOf(area);
      layer.setStyle({ fillColor: color || `url(#${view.isSecret(area) ? SECRET_HATCH : HATCH})` });
      const path = layer.getElement();
      path.dataset.area = area.id;
      path.setAttribute("aria-label", describe(view, area));
      path.setAttribute("aria-pressed", String(view.chose(area)));
    }
    for (const label of this.labels.getLayers()) this.drawNumber(label);
    this.drawSymbols(view);
    this.drawMarks(view);
    this.drawPin(view);
    this.places.forEach((group, kind) => {
      if (view.showsKind(kind)) group.addTo(this.map);
      else group.remove();
    });
    this.avoidPlaces();
  }

  addNumber(area) {
    const icon = L.divIcon({ className: "rg-number", html: make("span", {}, area.short), iconSize: null });
    const label = new Mark(area.at, { icon, pane: "rg-labels", interactive: false, keyboard: false });
    label.addTo(this.labels).area = area;
    this.numbers.set(area, label);
    return label;
  }

  drawNumber(label) {
    label.getElement().style.color = this.view.inkOf(label.area);
    label.getElement().firstElementChild.style.background = plate(this.view, label.area);
  }

  /** The numbers of a large level: of those areas on the screen, and around it, that have room. */
  renewNumbers() {
    const seen = this.map.getBounds().pad(0.5);
    const wanted = new Set(this.level.areas.filter((area) => this.hasRoom(area) && seen.contains(area.at)));
    for (const [area, label] of this.numbers) {
      if (wanted.has(area)) continue;
      label.remove();
      this.labels.removeLayer(label);
      this.numbers.delete(area);
    }
    for (const area of wanted) {
      if (this.numbers.has(area)) continue;
      const label = this.addNumber(area);
      if (this.view) this.drawNumber(label);
    }
  }

  /** A circle for each count, the smallest on top; each says and does what its area does. */
  drawSymbols(view) {
    this.circles.clearLayers();
    view.symbols = null;
    if (!view.circles) return;
    const symbols = new Symbols(this.map, view);
    view.symbols = symbols;
    const { look } = this.data;
    symbols.order().forEach((area, i) => {
      const icon = L.divIcon({ className: "rg-symbol", html: symbolMark(symbols.radiusOf(view.value(area)), look.symbol), iconSize: null });
      const marker = new Mark(area.at, { icon, pane: "rg-symbols", keyboard: false, zIndexOffset: 10000 * i }).addTo(this.circles);
      marker.getElement().dataset.symbol = area.id;
      marker.on({
        mouseover: () => { this.showTip(area); this.act({ light: area }); },
        mouseout: () => { this.hideTip(); this.act({ light: null }); },
        click: () => this.act({ pin: area }),
      });
    });
  }

  /** Numbers stand in the circles where they have room, else below them. */
  placeOnSymbols({ symbols }) {
    const order = symbols.order();
    for (const label of this.labels.getLayers()) {
      const has = order.includes(label.area);
      const { at, inside } = has ? symbols.labelPlace(label.area, order, 3.8 * label.area.short.length) : { at: [0, 0], inside: false };
      const span = label.getElement().firstElementChild;
      [span.style.left, span.style.top] = at.map((step) => step + "px");
      label.getElement().style.color = inside ? this.data.look.symbolInk : this.data.look.ink;
    }
  }

  /** A number that a mark would hide stands beside it. */
  avoidPlaces() {
    const { places } = this.data;
    if (this.view && this.view.symbols) this.placeOnSymbols(this.view);
    if (!places || !this.view || this.view.symbols) return;
    const marks = places.points.filter((_, i) => this.view.showsKind(places.kinds[i])).map((at) => this.map.latLngToLayerPoint(at));
    const free = (x, y) => !marks.some((mark) => Math.abs(mark.x - x) < 16 && Math.abs(mark.y - y) < 14);
    const ways = [[0, 0], [0, -16], [0, 16], [20, 0], [-20, 0], [18, -14], [-18, -14], [18, 14], [-18, 14]];
    for (const label of this.labels.getLayers()) {
      const { x, y } = this.map.latLngToLayerPoint(label.area.at);
      const [right, down] = ways.find(([dx, dy]) => free(x + dx, y + dy)) || ways[0];
      const span = label.getElement().firstElementChild;
      [span.style.left, span.style.top] = [right + "px", down + "px"];
    }
  }

  /** One layer for each category of places; rare ones lie on top. */
  makePlaces() {
    const { places } = this.data;
    if (!places) return [];
    return places.categories.map((category, kind) => L.featureGroup(places.points.flatMap((at, i) => {
      if (places.kinds[i] !== kind) return [];
      const icon = L.divIcon({ className: "rg-place", html: placeMark(category, places.radius), iconSize: null });
      const marker = L.marker(at, { icon, pane: "rg-places", keyboard: false, zIndexOffset: 10000 * kind });
      const show = () => this.showPlace(at, places.names[i], category.name);
      return [marker.on({ mouseover: show, click: show, mouseout: () => this.hideTip() })];
    })));
  }

  showPlace(at, name, kind) {
    this.tooltip.setContent(make("div", {}, make("strong", { class: "rg-name" }, name || kind), name ? make("span", {}, kind) : null));
    this.tooltip.setLatLng(at);
    if (!this.map.hasLayer(this.tooltip)) this.tooltip.addTo(this.map);
  }

  /** A numbered disc for each area with a warning; its form tells the urgency, also without color. */
  drawMarks(view) {
    this.marks.clearLayers();
    const warned = view.state.warnings ? view.warned() : [];
    for (const label of this.labels.getLayers()) {
      label.getElement().classList.toggle("rg-with-disc", warned.includes(label.area));
    }
    warned.forEach((area, i) => {
      const mark = disc(view, area, i + 1);
      mark.classList.toggle("rg-with-number", this.hasRoom(area));
      const icon = L.divIcon({ className: "rg-pin-mark", html: mark, iconSize: null });
      new Mark(area.at, { icon, pane: "rg-labels", interactive: false, keyboard: false }).addTo(this.marks).area = area;
    });
  }

  drawPin(view) {
    if (this.ring) this.ring.remove();
    const area = this.level.areas.find((one) => one.id === view.state.area);
    const { high, low } = this.data.look;
    // two areas have the colors and lines of their courses
    const rings = view.comparison
      ? view.comparison.who.map((one, i) => [one, "rg-pin rg-pin-" + i, [high, low][i], i ? "9 5" : null]).reverse().map((ring) => this.drawRing(...ring))
      : area ? [this.drawRing(area, "rg-pin")] : [];
    this.ring = L.featureGroup(rings).addTo(this.map);
  }

  /** A line around an area, set off from every color by a white one; it lies above the neighbors' borders. */
  drawRing(area, className, color = this.data.look.accent, dashArray = null) {
    const line = (stroke, weight, name, dashes) =>
      L.polygon(area.polygons, { renderer: this.focusLines, pane: "rg-focus", fill: false, color: stroke, weight, dashArray: dashes,
                                 interactive: false, className: name, smoothFactor: 0.5 });
    return L.featureGroup([line("#ffffff", 7, "rg-halo", null), line(color, 3.5, className, dashArray)]).addTo(this.map);
  }

  /** Mark the area that the reader points to in a chart, and tell its values if wished; none for null. */
  light(area, tell) {
    if (tell && area) this.showTip(area);
    else if (tell) this.hideTip();
    if (this.lit) this.lit.classList.remove("rg-lit");
    const layer = area && this.layers.get(area.id);
    this.lit = layer ? layer.getElement() : null;
    if (this.lit) this.lit.classList.add("rg-lit");
  }

  /** Show where the keyboard is, and what is there. */
  showFocus(area) {
    this.hideFocus();
    this.focusRing = this.drawRing(area, "rg-focus-ring");
    this.showTip(area);
  }

  hideFocus() {
    if (this.focusRing) this.focusRing.remove();
    this.focusRing = null;
    this.hideTip();
  }

  showTip(area, latlng) {
    this.tooltip.setContent(tipContent(this.view, area));
    this.tooltip.setLatLng(latlng || area.at);
    if (!this.map.hasLayer(this.tooltip)) this.tooltip.addTo(this.map);
  }

  hideTip() {
    this.tooltip.remove();
  }

  /** One stop of the tab key for the whole map; arrow keys go to the area that lies that way. */
  makeFocusable() {
    const svg = this.renderer._container;
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", this.data.texts.map_label);
    this.layers.forEach((layer) => {
      const path = layer.getElement();
      path.setAttribute("role", "button");
      path.setAttribute("tabindex", "-1");
    });
    this.stop = null;
    this.setStop(this.level.areas[0]);
  }

  /** The pane listens for all areas; the drawing itself would be a stop of the tab key if it did. */
  listen() {
    const on = (name, deed) => this.map.getPane("rg-areas").addEventListener(name, (event) => {
      const layer = this.layers.get(event.target.dataset.area);
      if (layer) deed(layer.area, event);
    });
    on("focusin", (area, { target }) => {
      this.setStop(area);
      if (target.matches(":focus-visible")) this.showFocus(area);
      this.act({ light: area });
    });
    on("focusout", () => { this.hideFocus(); this.act({ light: null }); });
    on("keydown", (area, event) => this.onKey(event, area));
  }

  setStop(area) {
    for (const [one, index] of [[this.stop, "-1"], [area, "0"]]) {
      if (one) this.layers.get(one.id).getElement().setAttribute("tabindex", index);
    }
    this.stop = area;
  }

  onKey(event, area) {
    const ways = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
    let next = null;
    if (event.key in ways) next = this.nearest(area, ways[event.key]);
    else if (event.key === "Home") next = this.level.areas[0];
    else if (event.key === "End") next = this.level.areas[this.level.areas.length - 1];
    else if (event.key === "Enter" || event.key === " ") this.act({ pin: area });
    else if (event.key === "+" || event.key === "-") this.map.setZoom(this.map.getZoom() + (event.key === "+" ? 1 : -1));
    else return;
    event.preventDefault();
    if (next) this.layers.get(next.id).getElement().focus();
  }

  /** The closest area whose middle lies more in that direction than aside. */
  nearest(area, [north, east]) {
    const narrow = Math.cos((area.at[0] * Math.PI) / 180);
    let best = null;
    let least = Infinity;
    for (const other of this.level.areas) {
      const up = other.at[0] - area.at[0];
      const right = (other.at[1] - area.at[1]) * narrow;
      const along = up * north + right * east;
      const aside = Math.abs(up * east) + Math.abs(right * north);
      if (other === area || along <= 0 || aside > along * 1.2) continue;
      const cost = along + aside;
      if (cost < least) [best, least] = [other, cost];
    }
    return best;
  }

  /** Numbers are shown where there is room for them. */
  fitLabels() {
    if (this.isLarge) this.renewNumbers();
    if (this.level) this.thinBorders();
    for (const label of this.labels.getLayers()) {
      label.getElement().classList.toggle("rg-no-room", !this.hasRoom(label.area));
    }
    if (this.view) this.drawMarks(this.view);
    this.avoidPlaces();
  }

  /** Whether the largest circle inside an area is large enough for its number, in pixels. */
  hasRoom(area) {
    return this.radiusIn(area) >= Math.max(9, 3.6 * area.short.length);
  }

  /** The radius in pixels of the largest circle inside an area. */
  radiusIn(area) {
    const aroundEarth = 40075016 * Math.cos((area.at[0] * Math.PI) / 180);
    return (area.room / aroundEarth) * 256 * 2 ** this.map.getZoom();
  }

  /** Borders of many small areas thin out: they would hide the colors. */
  thinBorders() {
    const { areas } = this.level;
    const typical = [...areas].sort((a, b) => a.room - b.room)[Math.floor(areas.length / 2)];
    const width = Math.min(1, Math.max(0.1, this.radiusIn(typical) / 6));
    this.map.getPane("rg-areas").style.setProperty("--rg-border", (this.isLarge ? width.toFixed(2) : 1) + "px");
  }

  /** The hatching of areas without a value stands in the drawing itself. */
  addHatch() {
    const svg = this.renderer._container;
    if (svg.querySelector("#" + HATCH)) return;
    const look = this.data.look;
    const pattern = (id, d) => make("svg:pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse",
                                                     patternTransform: "rotate(45)" },
      make("svg:rect", { width: 8, height: 8, fill: look.missing }),
      make("svg:path", { d, stroke: look.hatch, "stroke-width": 1.6 }));
    svg.prepend(make("svg:defs", {}, pattern(HATCH, "M4 0V8"), pattern(SECRET_HATCH, "M4 0V8M0 4H8"), ...pairPatterns(this.data)));
  }
}
