// What a reader takes away: the table that is shown as CSV, the picture as SVG or PNG, the address of the view.

/** The button, and the choices that it opens. `address` gives the part of the address after "#". */
class Take {
  constructor(data, map, address) {
    this.texts = data.texts;
    this.map = map;
    this.address = address;
    this.at = (name) => document.getElementById("rg-take" + name);
    this.at("").addEventListener("click", () => this.open(this.at("-box").hidden));
    this.at("-csv").addEventListener("click", () => this.save("csv", "text/csv", csvOf(this.view)));
    this.at("-svg").addEventListener("click", () => this.save("svg", "image/svg+xml", svgText(this.drawn())));
    this.at("-png").addEventListener("click", () => rasterize(this.drawn(), (blob) => this.save("png", "image/png", blob)));
    this.at("-link").addEventListener("click", () => this.copy());
    document.addEventListener("click", (event) => {
      if (!event.target.closest(".rg-buttons")) this.open(false);
    });
    this.at("").parentElement.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.at("-box").hidden) return;
      // the area that is pinned stays
      event.stopPropagation();
      this.open(false);
      this.at("").focus();
    });
  }

  show(view) {
    this.view = view;
  }

  drawn() {
    return drawPicture(this.view, this.map);
  }

  open(wish) {
    this.at("-box").hidden = !wish;
    this.at("").setAttribute("aria-expanded", String(wish));
    this.say("");
    this.at("-address").hidden = true;
  }

  say(text) {
    this.at("-said").textContent = text;
  }

  save(ending, type, content) {
    const file = fileName(this.view) + "." + ending;
    const link = make("a", { download: file });
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    this.say(fill(this.texts.saved, { file }));
  }

  /** Copy the address; where a browser does not allow it, the address stands there, ready to be copied by hand. */
  async copy() {
    const inside = location.protocol === "about:" || location.protocol === "data:";
    const part = "#" + this.address();
    const field = this.at("-address");
    field.value = inside ? part : location.href.split("#")[0] + part;
    const done = inside ? "copied_part" : location.protocol === "file:" ? "copied_file" : "copied";
    let copied = false;
    try {
      await navigator.clipboard.writeText(field.value);
      copied = true;
    } catch {
      field.hidden = false;
      field.focus();
      field.select();
      copied = document.execCommand("copy");
    }
    if (copied && !field.hidden) {
      field.hidden = true;
      this.at("-link").focus();
    }
    this.say(this.texts[copied ? done : "copy_yourself"]);
  }
}

/** What is shown, in a form that every system takes as the name of a file. */
function fileName(view) {
  const letters = { ä: "ae", ö: "oe", ü: "ue", Ä: "Ae", Ö: "Oe", Ü: "Ue", ß: "ss" };
  const chosen = view.state.view === "map" ? "" : view.data.texts["view_" + view.state.view];
  const parts = [view.title, view.periodText, view.level.name, view.second ? "" : chosen].map((part) =>
    part.replace(/[äöüÄÖÜß]/g, (letter) => letters[letter]).normalize("NFKD").replace(/\p{M}/gu, "")
      .replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 50));
  return parts.filter(Boolean).join("_");
}

// ------------------------------------------------------------------------------------------------- the table

/** Rows of cells as CSV. */
function csvText(data, rows) {
  // a spreadsheet with a decimal comma splits at semicolons
  const mark = data.marks.decimal === "," ? ";" : ",";
  const cell = (text) => (/["\r\n;,]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text);
  return "\ufeff" + rows.map((row) => row.map(cell).join(mark) + "\r\n").join("");
}

/** A number with dots or strokes would become a date. */
function noDate(texts, name) {
  return guarded(/^[\d./-]+$/.test(name) ? texts.area + " " + name : name);
}

/** Two areas side by side as CSV: a row for each indicator as drawn, then the earlier periods of the courses. */
function comparedCsv({ data, comparison }, { names, rows, earlier }) {
  const { texts } = data;
  const source = document.getElementById("rg-source").textContent;
  const head = [texts.indicator, texts.group, comparison.words.unit, texts.period, ...names.map((name) => noDate(texts, name)), texts.remark, texts.source];
  return csvText(data, [head, ...[...rows, ...earlier].map(({ one, period, cells }) => {
    const { series } = one;
    const why = cells.map((cell, i) => (cell && cell.why ? names[i] + ": " + cell.why : "")).filter(Boolean).join("; ");
    return [...[series.title + (series.detail ? ", " + series.detail : ""), series.groupName || series.group, series.unit, period].map(guarded),
            ...cells.map((cell) => (cell ? plainNumber(one, cell.whole) : "")), guarded(why), guarded(source)];
  })]);
}

/** The rows of the table as CSV, in the order shown: numbers with all printed digits and without unit. */
function csvOf(view) {
  if (view.comparison) return comparedCsv(view, CHARTS.comparison.table(view));
  const { data, series } = view;
  const { texts } = data;
  const withWarnings = view.state.warnings && data.warnings !== null;
  const number = (whole) => plainNumber(view, whole);
  const withUnit = (name, unit) => guarded([name, unit].filter(Boolean).join(", "));
  const head = [texts.indicator, texts.group, texts.period, texts.area, withUnit(texts.value, series.unit),
                withUnit(texts.city, series.unit), withUnit(texts.difference, series.differenceUnit), texts.rank];
  if (!view.circles) head.push(texts.range);
  if (withWarnings) head.push(texts.warnings);
  const chart = CHARTS[view.state.view];
  const more = chart ? chart.columns(view) : [];
  head.push(...more.map(([name]) => guarded(name)), texts.remark, texts.source);
  const source = document.getElementById("rg-source").textContent;
  const rows = tableOrder(view).map((area) => {
    const rank = view.rank(area);
    const row = [series.title + (series.detail ? ", " + series.detail : ""), series.groupName || series.group, data.periods[view.state.period],
                 noDate(texts, area.label)].map(guarded);
    row.push(number(view.value(area)), number(view.city), number(view.wholeDifference(area)), rank ? String(rank.rank) : "");
    if (!view.circles) row.push(guarded(view.className(area)));
    if (withWarnings) row.push(guarded(view.warnings(area).map((one) => data.urgencies[one.urgency]).join(", ")));
    row.push(...more.map(([, text]) => guarded(text(area))), guarded(view.reason(area)), guarded(source));
    return row;
  });
  return csvText(data, [head, ...rows]);
}

/** A number as spreadsheets read it; empty where it is missing. */
function plainNumber({ data, series }, whole) {
  const plain = { decimal: data.marks.decimal, group: "" };
  return typeof whole === "number" ? formatNumber(whole, series.decimals, "", plain, false).replace("\u2212", "-") : "";
}

/** An apostrophe before what a spreadsheet would run as a formula. */
function guarded(text) {
  return /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
}

// ----------------------------------------------------------------------------------------------- the picture

const DRAWN = ["fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-dasharray",
               "stroke-linejoin", "stroke-linecap"];
const SIDE = 330;
const EDGE = 16;

/** The page as one drawing: title, map, legend, the area that is pinned, warnings, source. */
function drawPicture(view, map) {
  const { texts } = view.data;
  const style = getComputedStyle(document.documentElement);
  const [ink, soft, paper] = ["ink", "soft-ink", "paper"].map((name) => style.getPropertyValue("--rg-" + name).trim());
  const stage = map.getContainer().getBoundingClientRect();
  const drawn = document.querySelector("#rg-chart .rg-drawn");
  const chart = drawn ? drawn.getBoundingClientRect() : null;
  // where the chart stands beside the map on the screen, it does so here
  const row = chart !== null && (chart.right <= stage.left || chart.left >= stage.right);
  const first = row && chart.left < stage.left;
  const before = first ? chart.width + 2 * EDGE : 0;
  const maps = before + stage.width + (row && !first ? chart.width + 2 * EDGE : 0);
  const beside = row || stage.width >= 480;
  const width = Math.round(beside ? maps + SIDE : Math.max(stage.width, 360));
  const parts = [];
  const said = (id) => document.getElementById(id).textContent;

  /** Write lines from a baseline on; gives the place of the next. */
  const write = (text, x, y, room, size, color, weight = 400) => {
    for (const line of linesOf(text, room, size, weight)) {
      parts.push(make("svg:text", { x, y, "font-size": size, fill: color, "font-weight": weight }, line));
      y += size * 1.35;
    }
    return y;
  };
  let y = write(said("rg-title"), EDGE, EDGE + 18, width - 2 * EDGE, 21, ink, 700);
  // no line begins with the point between two parts
  y = write(said("rg-subtitle").replaceAll(" · ", "\u00a0· "), EDGE, y - 4, width - 2 * EDGE, 15, soft);

  let end = y;
  const drawChart = (x) => {
    parts.push(drawnChart(drawn, x, end + 4, chart));
    end += chart.height + 22;
    for (const note of document.querySelectorAll("#rg-chart > .rg-note")) end = write(note.textContent, x, end, chart.width, 13, soft) + 5;
  };
  // below the map on a phone, where it stands there
  const later = chart !== null && !row && chart.top > stage.top;
  if (chart && !later) {
    drawChart(row && !first ? stage.width + EDGE : EDGE);
    if (!row) y = end;
  }
  const top = y;
  parts.push(make("svg:svg", { x: before, y: top, width: stage.width, height: stage.height, overflow: "hidden" },
                  ...drawnMap(map, stage)));
  if (later) {
    end = top + stage.height;
    drawChart(EDGE);
  }
  const left = beside ? maps + EDGE : EDGE;
  const room = (beside ? width - maps : width) - 2 * EDGE;
  y = beside ? top + 14 : Math.max(top + stage.height, later ? end : 0) + 18;
  const caption = document.querySelector(".rg-legend caption:not(.rg-hidden)");
  if (caption) y = write(caption.textContent, left, y, room, 15, ink, 700);
  const key = document.querySelector(".rg-symbol-key");
  if (view.symbols) y = write(document.querySelector(".rg-symbol-title").textContent, left, y, room, 15, ink, 700);
  if (key) {
    const size = key.getBoundingClientRect();
    parts.push(drawnChart(key, left, y - 8, size));
    y += size.height + 14;
  }
  for (const part of document.querySelectorAll("#rg-legend > .rg-axis, #rg-legend > .rg-square")) {
    if (part.matches(".rg-axis")) {
      y = write(part.textContent, left, y, room, 14, ink, 700);
    } else {
      const box = part.getBoundingClientRect();
      parts.push(drawnChart(part, left, y - 10, box));
      y += box.height + 8;
    }
  }
  const heads = document.querySelectorAll(".rg-legend:not([hidden]) thead th");
  const right = (text, at, size, color) =>
    parts.push(make("svg:text", { x: left + room, y: at, "font-size": size, fill: color, "text-anchor": "end" }, text));
  if (heads.length) {
    right(heads[1].textContent, y, 12.5, soft);
    y = write(heads[0].textContent, left + 36, y, room - 100, 12.5, soft) + 6;
  }
  for (const row of document.querySelectorAll(".rg-legend tbody tr")) {
    parts.push(swatchAt(row.querySelector("svg"), left, y - 13));
    right(row.children[2].textContent, y, 15, ink);
    y = write(row.children[1].textContent, left + 36, y, room - 70, 15, ink) + 4;
  }
  for (const note of document.querySelectorAll("#rg-legend > .rg-note:not(.rg-line-key)")) y = write(note.textContent, left, y + 2, room, 13, soft) + 3;
  const line = document.querySelector(".rg-line-key");
  if (line) {
    parts.push(swatchAt(line.querySelector("svg"), left, y - 12));
    y = write(line.textContent, left + 36, y, room - 36, 13, soft) + 3;
  }
  const { places } = view.data;
  const kinds = places ? places.categories.filter((_, kind) => view.showsKind(kind)) : [];
  if (kinds.length) y = write(texts.places, left, y + 10, room, 15, ink, 700) + 2;
  for (const category of kinds) {
    const mark = document.querySelectorAll("#rg-places svg")[places.categories.indexOf(category)];
    parts.push(swatchAt(mark, left + 1, y - 17));
    right(String(category.n), y, 15, ink);
    y = write(category.name, left + 36, y, room - 70, 15, ink) + 4;
  }
  const area = view.level.areas.find((one) => one.id === view.state.area);
  if (area) {
    y = write(area.label, left, y + 12, room, 15, ink, 700);
    for (const one of view.each) {
      if (view.second) y = write(one.series.name, left, y + 4, room, 13, soft);
      y = write(one.text(area), left, y + 2, room, 17, ink, 700);
    }
    const difference = view.second ? null : view.difference(area, view.series.differenceUnit);
    if (difference) y = write(texts.difference + ": " + difference, left, y, room, 13, soft);
  }
  y = beside ? Math.max(y, top + stage.height + 18, end + 6) : y + 6;
  // the numbers in the map are explained under it, in two columns where there is room
  const warned = view.state.warnings ? view.warned() : [];
  if (warned.length) {
    y = write(texts.map_warnings, EDGE, y + 6, width - 2 * EDGE, 15, ink, 700);
    y = write(document.querySelector("#rg-warning-list > .rg-note").textContent, EDGE, y, width - 2 * EDGE, 13, soft) + 10;
    const columns = beside && warned.length > 1 ? 2 : 1;
    const wide = (width - EDGE) / columns - EDGE;
    const half = Math.ceil(warned.length / columns);
    const ends = [y];
    for (let column = 0; column < columns; column += 1) {
      let at = y;
      const x = EDGE + column * (wide + EDGE);
      warned.slice(column * half, (column + 1) * half).forEach((one, i) => {
        parts.push(...drawnDisc(view.warnings(one)[0].urgency, column * half + i + 1, x + 13, at - 5, style));
        at = write(view.warnings(one).map((warning) => warning.text).join(" "), x + 34, at, wide - 34, 14, ink) + 8;
      });
      ends.push(at);
    }
    y = Math.max(...ends);
  }
  y = write(said("rg-source"), EDGE, y + 6, width - 2 * EDGE, 12, soft);

  const height = Math.ceil(y);
  const label = document.title;
  const defs = document.querySelector(".leaflet-container defs");
  return make("svg:svg", { viewBox: `0 0 ${width} ${height}`, width, height, "font-family": FONT, role: "img", "aria-label": label },
    make("svg:title", {}, label), defs ? defs.cloneNode(true) : null,
    make("svg:rect", { width, height, fill: paper }), ...parts);
}

/** Everything that lies on the map, from the lowest pane to the highest: lines and areas, numbers, discs, pins. */
function drawnMap(map, stage) {
  const left = new Set(["mapPane", "tilePane", "shadowPane", "tooltipPane", "popupPane"]);
  const panes = Object.entries(map.getPanes()).filter(([name]) => !left.has(name)).map(([, pane]) => pane);
  panes.sort((a, b) => getComputedStyle(a).zIndex - getComputedStyle(b).zIndex);
  const found = [];
  const style = getComputedStyle(document.documentElement);
  for (const pane of panes) {
    for (const svg of pane.querySelectorAll(":scope > svg")) {
      const at = svg.getScreenCTM();
      const paths = [...svg.querySelectorAll("path[d]")].filter((path) => !path.closest("defs"));
      found.push(make("svg:g", { transform: `translate(${at.e - stage.left} ${at.f - stage.top})` }, ...paths.map(asDrawn)));
    }
    for (const mark of pane.querySelectorAll(".rg-number:not(.rg-no-room) span, .rg-disc, .rg-place svg, .rg-symbol svg, img[src^='data:']")) {
      const box = mark.getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2 - stage.left, box.top + box.height / 2 - stage.top];
      const look = getComputedStyle(mark);
      if (mark.localName === "img") {
        found.push(make("svg:image", { href: mark.src, x: x - box.width / 2, y: y - box.height / 2, width: box.width, height: box.height }));
      } else if (mark.localName === "svg") {
        found.push(swatchAt(mark, x - box.width / 2, y - box.height / 2));
      } else if (mark.matches(".rg-disc")) {
        found.push(...drawnDisc(/rg-disc-(\w+)/.exec(mark.className)[1], mark.textContent, x, y, style));
      } else {
        const size = parseFloat(look.fontSize);
        if (mark.style.background) {
          const { width, height } = box;
          found.push(make("svg:rect", { x: x - width / 2, y: y - height / 2, width, height, fill: asHex(look.backgroundColor) }));
        }
        found.push(make("svg:text", { x, y: y + 0.36 * size, "font-size": size, "font-weight": look.fontWeight, fill: asHex(look.color),
                                      "text-anchor": "middle" }, mark.textContent));
      }
    }
  }
  return found;
}

/** A path with all that the style sheet says of it; the name and value of an area are kept as its title. */
function asDrawn(path) {
  const look = getComputedStyle(path);
  const kept = { d: path.getAttribute("d"), "data-area": path.dataset.area };
  for (const name of DRAWN) kept[name] = asHex(look.getPropertyValue(name));
  const label = path.getAttribute("aria-label");
  return make("svg:path", kept, label ? make("svg:title", {}, label) : null);
}

/** A drawing with all that the style sheet says of its parts; the names of rows are kept as their titles. */
function drawnChart(svg, x, y, { width, height }) {
  const copied = (part) => {
    const look = getComputedStyle(part);
    const kept = Object.fromEntries([...part.attributes].filter(({ name }) => !/^(class|role|tabindex|aria-|style)/.test(name))
      .map(({ name, value }) => [name, value]));
    const isText = part.localName === "text";
    for (const name of isText ? ["fill", "font-weight"] : part.localName === "g" ? [] : DRAWN) kept[name] = asHex(look.getPropertyValue(name));
    const label = part.getAttribute("aria-label");
    return make("svg:" + part.localName, kept, label ? make("svg:title", {}, label) : null,
                ...(isText ? [part.textContent] : [...part.children].map(copied)));
  };
  return make("svg:svg", { x, y, width, height, viewBox: svg.getAttribute("viewBox") }, ...[...svg.children].map(copied));
}

function swatchAt(swatch, x, y) {
  const [width, height, viewBox] = ["width", "height", "viewBox"].map((name) => swatch.getAttribute(name));
  const copy = make("svg:svg", { x, y, width, height, viewBox, overflow: "visible" });
  for (const child of swatch.children) {
    const part = child.cloneNode(false);
    part.removeAttribute("class");
    const look = getComputedStyle(child);
    for (const name of DRAWN) part.setAttribute(name, asHex(look.getPropertyValue(name)));
    copy.append(part);
  }
  return copy;
}

/** The disc of a warning in the forms that the style sheet gives it. */
function drawnDisc(urgency, number, x, y, style) {
  const [marker, inside, paper] = ["marker", "marker-ink", "paper"].map((name) => style.getPropertyValue("--rg-" + name).trim());
  const open = urgency === "watch";
  const circle = (r, fill, stroke, wide) => make("svg:circle", { cx: x, cy: y, r, fill, stroke, "stroke-width": wide });
  return [
    ...(urgency === "priority" ? [circle(15, marker), circle(13, paper)] : [circle(12.5, paper)]),
    circle(10, open ? paper : marker, marker, 2),
    make("svg:text", { x, y: y + 4.2, "font-size": 12, "font-weight": 700, fill: open ? marker : inside, "text-anchor": "middle" },
         String(number)),
  ];
}

/** rgb(1, 2, 3) as #010203: more programs read it. */
function asHex(color) {
  const found = /^rgb\((\d+), (\d+), (\d+)\)$/.exec(color);
  return found ? "#" + found.slice(1).map((part) => Number(part).toString(16).padStart(2, "0")).join("") : color;
}

/** Break a text into lines that have room; a word that is too long is cut. */
function linesOf(text, room, size, weight) {
  const fits = (line) => widthOf(line, size, weight) <= room;
  const lines = [];
  let line = "";
  // a space that may not break stays within its word
  for (const word of text.split(/[ \n]+/).filter(Boolean)) {
    if (line && !fits(line + " " + word)) {
      lines.push(line);
      line = "";
    }
    line = line ? line + " " + word : word;
    while (!fits(line) && line.length > 1) {
      let at = line.length - 1;
      while (at > 1 && !fits(line.slice(0, at))) at -= 1;
      lines.push(line.slice(0, at));
      line = line.slice(at);
    }
  }
  return line ? [...lines, line] : lines;
}

function svgText(svg) {
  // a name may hold what XML cannot
  const text = new XMLSerializer().serializeToString(svg).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd");
  return '<?xml version="1.0" encoding="UTF-8"?>\n' + text + "\n";
}

/** Two dots of the picture for each of the page, so that it is sharp on paper and on a wall. */
function rasterize(svg, done) {
  const [width, height] = [svg.getAttribute("width"), svg.getAttribute("height")].map(Number);
  const image = new Image();
  image.addEventListener("load", () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [2 * width, 2 * height];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(done, "image/png");
  });
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(svgText(svg));
}
