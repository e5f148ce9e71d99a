// Everything beside the map: title, legend, tooltip, the panel of one area with its sparkline, the table.

/** One sentence for a screen reader: name, value, class, warnings. */
function describe(view, area) {
  const texts = view.data.texts;
  const found = view.classOf(area);
  const parts = [area.label + ": " + view.text(area)];
  if (found >= 0) parts.push(fill(texts.class_of, { n: found + 1, k: view.labels.length }));
  const count = view.warnings(area).length;
  if (view.state.warnings && count) parts.push(texts.has_warning);
  return parts.join(", ");
}

function showTitle(view) {
  const texts = view.data.texts;
  document.getElementById("rg-title").textContent = view.series.title;
  const parts = [view.data.periods[view.state.period], view.level.name];
  if (view.series.group_label) parts.unshift(view.series.group_label);
  if (typeof view.city === "number") parts.push(texts.city + ": " + view.write(view.city));
  document.getElementById("rg-subtitle").textContent = parts.join(" · ");
  document.getElementById("rg-source").textContent = view.series.source;
}

function showLegend(view) {
  const texts = view.data.texts;
  const counts = view.labels.map(() => 0);
  const missing = new Map();
  for (const area of view.level.areas) {
    const found = view.classOf(area);
    if (found >= 0) counts[found] += 1;
    else missing.set(view.text(area), (missing.get(view.text(area)) || 0) + 1);
  }
  const row = (swatch, label, count) =>
    make("tr", {}, make("td", {}, swatch), make("th", { scope: "row" }, label), make("td", {}, String(count)));
  const rows = view.labels.map((label, i) => row(swatchOf(view.colors[i]), label, counts[i]));
  rows.reverse();
  for (const [reason, count] of missing) rows.push(row(swatchOf(null), reason, count));
  const table = make("table", { class: "rg-legend" },
    make("caption", {}, view.series.unit ? fill(texts.legend_unit, { unit: view.series.unit }) : texts.legend),
    make("thead", {}, make("tr", {}, make("td", {}), make("th", { scope: "col" }, texts.range),
                                     make("th", { scope: "col" }, texts.areas))),
    make("tbody", {}, ...rows));
  const note = view.state.classes === "own" ? texts.note_own : texts.note_pooled;
  const box = document.getElementById("rg-legend");
  box.replaceChildren(table, make("p", { class: "rg-note" }, view.data.method + " " + note));
  if (view.state.warnings && view.data.warnings.length) box.append(warningKey(view));
}

function swatchOf(color) {
  const square = color
    ? [make("svg:rect", { width: 26, height: 16, fill: color })]
    : [make("svg:rect", { width: 26, height: 16, class: "rg-missing" }),
       make("svg:path", { d: "M2 16 18 0M10 16 26 0", class: "rg-hatch-line" })];
  return make("svg:svg", { class: "rg-swatch", viewBox: "0 0 26 16", width: 26, height: 16, "aria-hidden": "true" },
              ...square, make("svg:rect", { width: 26, height: 16, class: "rg-frame" }));
}

/** What the marks mean, and how many areas have one. */
function warningKey(view) {
  const count = {};
  for (const area of view.level.areas) {
    const first = view.warnings(area)[0];
    if (first) count[first.urgency] = (count[first.urgency] || 0) + 1;
  }
  const items = Object.entries(view.data.urgencies).map(([name, urgency]) =>
    make("li", {}, make("span", { class: "rg-mark rg-mark-" + name, "aria-hidden": "true" },
                        make("span", {}, urgency.sign)),
         make("span", {}, urgency.label), make("span", { class: "rg-count" }, String(count[name] || 0))));
  return make("div", { class: "rg-warning-key" }, make("h2", {}, view.data.texts.warnings),
              make("ul", {}, ...items.reverse()));
}

function tipContent(view, area) {
  const texts = view.data.texts;
  const lines = [make("strong", { class: "rg-name" }, area.label), make("span", { class: "rg-value" }, view.text(area))];
  if (typeof view.city === "number") lines.push(make("span", {}, texts.city + ": " + view.write(view.city)));
  if (view.state.warnings && view.warnings(area).length) lines.push(make("span", {}, texts.has_warning));
  return make("div", {}, ...lines);
}

/** The facts of one area: value, city, region, rank, changes, years, warnings. */
function showPanel(view, close) {
  const box = document.getElementById("rg-panel");
  const texts = view.data.texts;
  const area = view.level.areas.find((one) => one.id === view.state.area);
  if (!area) {
    box.replaceChildren(make("p", { class: "rg-note" }, texts.panel_empty));
    return;
  }
  const button = make("button", { type: "button", class: "rg-close", "aria-label": texts.close }, "×");
  button.addEventListener("click", close);
  const facts = [];
  const fact = (name, text) => facts.push(make("dt", {}, name), make("dd", {}, text));
  const value = view.value(area);
  fact(view.data.periods[view.state.period], view.text(area));
  if (typeof view.city === "number") {
    fact(texts.city, view.write(view.city));
    if (view.known(area)) fact(texts.difference, view.write(value - view.city, true));
  }
  const rank = view.rank(area);
  if (rank) fact(texts.rank, fill(texts.rank_of, rank));
  for (const years of [1, 5]) {
    const at = view.yearsBefore(years);
    if (at < 0 || !view.known(area) || !view.known(area, at)) continue;
    fact(fill(texts.change_since, { period: view.data.periods[view.series.periods[at]] }),
         view.write(value - view.value(area, at), true));
  }
  if (area.region) fact(texts.region, area.region);
  box.replaceChildren(
    make("div", { class: "rg-panel-head" }, make("h2", { class: "rg-name", tabindex: "-1" }, area.label), button),
    make("dl", {}, ...facts),
    sparkline(view, area),
    ...warningTexts(view, area),
  );
}

function warningTexts(view, area) {
  if (!view.data.warnings.length) return [];
  const texts = view.data.texts;
  const own = view.warnings(area);
  const items = own.map((warning) =>
    make("li", {}, make("strong", {}, view.data.urgencies[warning.urgency].label + ": "), warning.text));
  for (const warning of view.otherWarnings(area)) {
    items.push(make("li", { class: "rg-other" },
      make("strong", {}, view.data.urgencies[warning.urgency].label + ": "), warning.text));
  }
  return [make("h3", {}, texts.warnings),
          items.length ? make("ul", { class: "rg-sentences" }, ...items) : make("p", { class: "rg-note" }, texts.no_warning)];
}

/** The years of one area as a line, the city's as a dashed one. */
function sparkline(view, area) {
  const texts = view.data.texts;
  const [width, height, left, right, top, bottom] = [300, 112, 4, 4, 16, 18];
  const periods = view.series.periods;
  const own = periods.map((_, at) => view.value(area, at));
  const city = view.series.city;
  const numbers = [...own, ...city].filter((value) => typeof value === "number");
  if (!numbers.length) return make("p", { class: "rg-note" }, texts.no_series);
  const low = Math.min(...numbers);
  const span = Math.max(...numbers) - low || 1;
  const step = (width - left - right) / Math.max(periods.length - 1, 1);
  const x = (at) => left + at * step;
  const y = (value) => height - bottom - ((value - low) / span) * (height - top - bottom);
  const line = (values) => {
    let pen = "M";
    let path = "";
    values.forEach((value, at) => {
      if (typeof value !== "number") pen = "M";
      else { path += pen + x(at).toFixed(1) + " " + y(value).toFixed(1); pen = "L"; }
    });
    return path;
  };
  const known = own.map((value, at) => [value, at]).filter(([value]) => typeof value === "number");
  const label = known.length
    ? fill(texts.spark_label, { first: view.data.periods[periods[known[0][1]]], from: view.write(known[0][0]),
        last: view.data.periods[periods[known[known.length - 1][1]]], to: view.write(known[known.length - 1][0]) })
    : texts.no_series;
  const svg = make("svg:svg", { class: "rg-spark", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
    make("svg:path", { class: "rg-spark-city", d: line(city) }),
    make("svg:path", { class: "rg-spark-own", d: line(own) }));
  // single years between gaps would be invisible as lines
  own.forEach((value, at) => {
    if (typeof value !== "number") return;
    const alone = typeof own[at - 1] !== "number" && typeof own[at + 1] !== "number";
    if (alone) svg.append(make("svg:circle", { class: "rg-spark-dot", cx: x(at), cy: y(value), r: 2 }));
  });
  if (typeof own[view.at] === "number") {
    svg.append(make("svg:circle", { class: "rg-spark-now", cx: x(view.at), cy: y(own[view.at]), r: 4 }));
  }
  svg.append(
    make("svg:text", { x: left, y: height - 4 }, view.data.periods[periods[0]]),
    make("svg:text", { x: width - right, y: height - 4, "text-anchor": "end" },
         view.data.periods[periods[periods.length - 1]]),
    make("svg:text", { x: left, y: 10 }, view.write(low + (numbers.length ? Math.max(...numbers) - low : 0))));
  const key = make("p", { class: "rg-spark-key", "aria-hidden": "true" },
    make("span", { class: "rg-key-own" }, area.short || area.label), make("span", { class: "rg-key-city" }, texts.city));
  return make("div", { class: "rg-spark-box" }, svg, key);
}

const order = { by: "number", down: false };

/** All areas as a table: the same content for those who do not see or use the map. */
function showTable(view, pin) {
  const box = document.getElementById("rg-table");
  box.hidden = !view.state.table;
  if (!view.state.table) {
    box.replaceChildren();
    return;
  }
  const texts = view.data.texts;
  const withWarnings = view.state.warnings && view.data.warnings.length > 0;
  const columns = [["number", texts.area], ["value", texts.value], ["difference", texts.difference],
                   ["rank", texts.rank], ["class", texts.range]];
  if (withWarnings) columns.push(["warning", texts.warnings]);
  const amount = (area) => (view.known(area) ? view.value(area) : -Infinity);
  const areas = view.level.areas.slice();
  if (order.by !== "number") areas.sort((a, b) => amount(b) - amount(a) || a.index - b.index);
  if (order.down) areas.reverse();
  const head = columns.map(([name, label]) => {
    if (name !== "number" && name !== "value") return make("th", { scope: "col" }, label);
    const sorted = order.by === name ? (order.down === (name === "value") ? "ascending" : "descending") : "none";
    const button = make("button", { type: "button", "data-sort": name }, label);
    button.addEventListener("click", () => {
      order.down = order.by === name ? !order.down : false;
      order.by = name;
      showTable(view, pin);
      box.querySelector(`[data-sort="${name}"]`).focus();
    });
    return make("th", { scope: "col", "aria-sort": order.by === "number" && name === "number"
      ? (order.down ? "descending" : "ascending") : sorted }, button);
  });
  const rows = areas.map((area) => {
    const rank = view.rank(area);
    const found = view.classOf(area);
    const button = make("button", { type: "button", class: "rg-name" }, area.label);
    button.addEventListener("click", () => pin(area));
    const cells = [
      view.text(area),
      rank && typeof view.city === "number" ? view.write(view.value(area) - view.city, true) : "–",
      rank ? String(rank.rank) : "–",
      found < 0 ? "–" : view.labels[found],
    ];
    if (withWarnings) cells.push(view.warnings(area).map((one) => view.data.urgencies[one.urgency].label).join(", ") || "–");
    return make("tr", { class: view.state.area === area.id ? "rg-current" : null },
                make("th", { scope: "row" }, button), ...cells.map((cell) => make("td", {}, cell)));
  });
  box.replaceChildren(make("table", {},
    make("caption", {}, view.series.title + ", " + view.data.periods[view.state.period]),
    make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows)));
}
