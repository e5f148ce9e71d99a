// Everything beside the map: title, legend, tooltip, the panel of one area with its sparkline, the table.

/** One sentence for a screen reader: name, value, class, warnings. */
function describe(view, area) {
  const texts = view.data.texts;
  const parts = view.each.flatMap((one) => {
    const found = one.classOf(area);
    return [(view.second ? one.series.name + " " : "") + one.text(area),
            ...(found < 0 ? [] : [fill(texts.class_of, { n: found + 1, k: one.labels.length })])];
  });
  parts[0] = area.label + ": " + parts[0];
  const count = view.warnings(area).length;
  if (view.state.warnings && count) parts.push(texts.has_warning);
  return parts.join(", ");
}

function showTitle(view) {
  const texts = view.data.texts;
  document.getElementById("rg-title").textContent = view.title;
  document.title = view.title + ", " + view.periodText;
  const { comparison } = view;
  const parts = [view.second || comparison ? "" : view.series.detail, view.level.name, view.periodText];
  if (comparison) parts.push(fill(comparison.words.map, { title: [view.series.title, view.series.detail].filter(Boolean).join(", ") }));
  else if (!view.second && typeof view.city === "number") parts.push(texts.city + ": " + view.write(view.city));
  document.getElementById("rg-subtitle").textContent = parts.filter(Boolean).join(" · ");
  const shown = [...view.each, ...(comparison ? comparison.rows.map((row) => row.one) : [])].map((one) => one.series.source);
  const remarks = view.each.map((one) => one.series.remark);
  document.getElementById("rg-source").textContent = [...new Set([...remarks, ...shown, view.level.source])].filter(Boolean).join(" ");
}

function showLegend(view) {
  const counted = view.symbols;
  const texts = view.data.texts;
  const box = document.getElementById("rg-legend");
  if (view.second) {
    box.replaceChildren(...pairLegend(view));
    addRegionKey(view, box);
    return;
  }
  const counts = view.labels.map(() => 0);
  const missing = new Map();
  for (const area of view.level.areas) {
    const found = view.classOf(area);
    if (found >= 0) counts[found] += 1;
    else if (!view.known(area)) missing.set(view.text(area), [(missing.get(view.text(area)) || [0])[0] + 1, view.isSecret(area)]);
  }
  const row = (swatch, label, count) =>
    make("tr", {}, make("td", {}, swatch), make("th", { scope: "row" }, label), make("td", {}, String(count)));
  const rows = view.labels.map((label, i) => row(swatchOf(view.colors[i]), label, counts[i]));
  rows.reverse();
  const none = counted ? view.level.areas.filter((area) => view.value(area) === 0).length : 0;
  if (none) rows.push(row(swatchOf(view.data.look.context), texts.symbols_none, none));
  for (const [reason, [count, secret]] of missing) rows.push(row(swatchOf(null, secret), reason, count));
  const table = make("table", { class: "rg-legend" },
    make("caption", { class: view.series.unitLine && !counted ? null : "rg-hidden" }, view.series.unitLine || texts.legend),
    make("thead", {}, make("tr", {}, make("td", {}), make("th", { scope: "col" }, counted ? texts.remark : texts.range),
                                     make("th", { scope: "col" }, view.level.count))),
    make("tbody", {}, ...rows));
  const periods = view.series.periods;
  const own = view.state.classes === "own" || periods.length < 2;
  const [first, last] = [periods[0], periods[periods.length - 1]].map((period) => view.data.periods[period]);
  const named = (name) => texts[(counted ? "symbols_" : "note_") + name];
  const note = fill(named(own ? "own" : "pooled"),
                    { method: view.method, period: view.data.periods[view.state.period], first, last });
  table.hidden = !rows.length;
  const above = counted ? [make("p", { class: "rg-symbol-title" }, view.series.unitLine || texts.symbols_key), symbolKey(view, counted)] : [];
  box.replaceChildren(...above.filter(Boolean), table, make("p", { class: "rg-note" }, note));
  addRegionKey(view, box);
}

function addRegionKey(view, box) {
  const { texts } = view.data;
  if (view.level.id !== "region" && view.data.levels.some((level) => level.id === "region")) {
    const line = make("svg:svg", { class: "rg-swatch", viewBox: "0 0 26 16", width: 26, height: 16, "aria-hidden": "true" },
                      make("svg:path", { d: "M0 8H26", class: "rg-region-line" }));
    box.append(make("p", { class: "rg-note rg-line-key" }, line, texts.region_lines));
  }
}

function swatchOf(color, secret) {
  const square = color
    ? [make("svg:rect", { width: 26, height: 16, fill: color })]
    : [make("svg:rect", { width: 26, height: 16, class: "rg-missing" }),
       make("svg:path", { d: "M0 9 9 0M2 16 18 0M12 16 26 2" + (secret ? "M0 2 14 16M8 0 24 16M18 0 26 8" : ""),
                          class: "rg-hatch-line" })];
  return make("svg:svg", { class: "rg-swatch", viewBox: "0 0 26 16", width: 26, height: 16, "aria-hidden": "true" },
              ...square, make("svg:rect", { width: 26, height: 16, class: "rg-frame" }));
}

/** The mark of a category of places, with a rim of paper. */
function placeMark(category, radius) {
  const size = Math.ceil(4 * radius);
  const path = (name) => make("svg:path", { d: category.d, class: name, fill: category.color });
  return make("svg:svg", { viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`, width: size, height: size, "aria-hidden": "true" },
              path("rg-place-rim"), path("rg-place-mark"));
}

/** The kinds of places: their marks explained, to be shown or not. */
function showPlaces(view, change) {
  const box = document.getElementById("rg-places");
  const { places, texts } = view.data;
  box.hidden = !places;
  if (!places) return;
  const boxes = box.querySelectorAll("input");
  if (!boxes.length) {
    box.replaceChildren(make("fieldset", {}, make("legend", {}, make("span", { "aria-hidden": "true" }, texts.places),
                                                  make("span", { class: "rg-hidden" }, texts.places_choose)),
      ...places.categories.map((category, kind) => {
        const input = make("input", { type: "checkbox", name: "rg-kind", value: kind });
        input.addEventListener("change", () => change(kind, input.checked));
        return make("label", {}, input, placeMark(category, 6), make("span", { class: "rg-name" }, category.name),
                    make("span", { class: "rg-count" }, String(category.n)));
      })), places.note ? make("p", { class: "rg-note" }, places.note) : "");
  }
  box.querySelectorAll("input").forEach((input, kind) => { input.checked = view.showsKind(kind); });
}

/** The places of the pinned area, kind by kind. */
function placeTexts(view, area) {
  const { places, texts } = view.data;
  if (!places) return [];
  const items = view.placesIn(area).map(({ category, names }) => {
    const named = names.filter(Boolean);
    return make("li", {}, placeMark(category, 6), make("span", { class: "rg-name" },
      category.name + " (" + names.length + ")" + (named.length ? ": " + named.join(", ") : "")));
  });
  return [make("h3", {}, texts.places_here),
          items.length ? make("ul", { class: "rg-place-list" }, ...items) : make("p", { class: "rg-note" }, texts.no_places)];
}

/** A numbered disc: open for watch, full for check, with a ring for priority. */
function disc(view, area, number) {
  return make("span", { class: "rg-disc rg-disc-" + view.warnings(area)[0].urgency }, String(number));
}

/** The warnings of the map that is shown, by number. */
function showWarnings(view, pin) {
  const box = document.getElementById("rg-warning-list");
  box.hidden = !view.state.warnings || !view.data.warnings;
  if (box.hidden) return;
  const texts = view.data.texts;
  const areas = view.warned();
  const items = areas.map((area, i) => {
    const button = make("button", { type: "button" }, disc(view, area, i + 1),
      make("span", { class: "rg-name" }, view.warnings(area).map((warning) => warning.text).join(" ")));
    button.addEventListener("click", () => pin(area));
    return make("li", { class: area.id === view.state.area ? "rg-twice" : null }, button);
  });
  const used = Object.keys(view.data.urgencies).filter((name) => view.shownWarnings.some((one) => one.urgency === name));
  box.replaceChildren(make("h2", {}, texts.map_warnings),
    items.length ? make("p", { class: "rg-note" }, used.map((name) => texts["form_" + name]).join(", "))
                 : make("p", { class: "rg-note" }, texts.no_warnings),
    make("ul", {}, ...items));
}

function tipContent(view, area) {
  const texts = view.data.texts;
  const lines = [make("strong", { class: "rg-name" }, area.label)];
  for (const one of view.each) {
    if (view.second) lines.push(make("span", { class: "rg-name" }, one.series.name));
    lines.push(make("span", { class: "rg-value" }, one.text(area)));
  }
  if (!view.second && typeof view.city === "number") lines.push(make("span", {}, texts.city + ": " + view.write(view.city)));
  if (view.state.warnings && view.warnings(area).length) lines.push(make("span", {}, texts.has_warning));
  return make("div", {}, ...lines);
}

/** On a phone the panel lies below the map: what was tapped stands at the foot of the screen at once. */
function showCard(view, close) {
  const card = document.getElementById("rg-card");
  const area = matchMedia(NARROW).matches ? view.level.areas.find((one) => one.id === view.state.area) : null;
  card.hidden = !area;
  if (!area) {
    card.replaceChildren();
    return;
  }
  const { texts } = view.data;
  const button = make("button", { type: "button", class: "rg-close", "aria-label": texts.close }, "×");
  button.addEventListener("click", close);
  const more = make("button", { type: "button", id: "rg-all-facts" }, texts.all_facts);
  more.addEventListener("click", () => {
    document.getElementById("rg-panel").scrollIntoView();
    document.querySelector("#rg-panel h2").focus();
  });
  card.replaceChildren(tipContent(view, area), more, button);
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
  const factsOf = (one) => {
    const facts = [];
    const fact = (name, text) => facts.push(make("dt", {}, name), make("dd", {}, text));
    const difference = one.difference(area, one.series.differenceUnit);
    if (difference) fact(texts.difference, difference);
    const rank = one.rank(area);
    if (rank) fact(texts.rank, fill(texts.rank_of, rank));
    if (area.region && one === view) fact(texts.region, area.region);
    return [view.second ? make("h3", { class: "rg-name" }, one.series.name) : "",
            besideCity(one, area), make("dl", {}, ...facts), sparkline(one, area)];
  };
  box.replaceChildren(
    make("div", { class: "rg-panel-head" }, make("h2", { class: "rg-name", tabindex: "-1" }, area.label), button),
    ...view.each.flatMap(factsOf),
    ...placeTexts(view, area),
    ...warningTexts(view, area),
  );
}

/** Value and changes of an area beside the city's; units are said once, at the head of a row. */
function besideCity(view, area) {
  const texts = view.data.texts;
  const withCity = typeof view.city === "number";
  const row = (name, unit, own, city) =>
    make("tr", {}, make("th", { scope: "row" }, name, unit ? make("span", { class: "rg-unit" }, unit) : null),
      make("td", { class: view.known(area) ? "rg-amount" : null }, own),
      withCity ? make("td", { class: "rg-amount" }, city) : null);
  const value = view.known(area) ? view.brief(view.value(area)) : view.text(area);
  const rows = [row(view.data.periods[view.state.period], view.series.unitLine && view.series.unit, value, withCity ? view.brief(view.city) : "")];
  for (const change of view.changes(area)) {
    const name = fill(texts.change_since, { period: view.data.since[change.since] });
    rows.push(row(name, view.series.differenceUnit, change.own, change.city || "–"));
  }
  return make("table", { class: "rg-facts" },
    make("thead", {}, make("tr", {}, make("td", {}), make("th", { scope: "col" }, texts.area),
                           withCity ? make("th", { scope: "col" }, texts.city_column) : null)),
    make("tbody", {}, ...rows));
}

function warningTexts(view, area) {
  if (!view.data.warnings) return [];
  const texts = view.data.texts;
  const item = (warning) =>
    make("li", {}, make("strong", {}, view.data.urgencies[warning.urgency] + ": "), warning.text);
  // the number in the map is explained here too: on paper the list below may have no room
  const number = view.state.warnings ? 1 + view.warned().indexOf(area) : 0;
  const own = view.warnings(area).map(item);
  const others = view.otherWarnings(area).map(item);
  return [
    make("h3", {}, texts.area_warnings, " ", number ? disc(view, area, number) : null),
    own.length ? make("ul", { class: "rg-sentences rg-own" }, ...own) : make("p", { class: "rg-note" }, texts.no_warning),
    ...(others.length ? [make("h3", {}, texts.other_warnings), make("ul", { class: "rg-sentences" }, ...others)] : []),
  ];
}

/** The years of one area as a line, the city's as a dashed one. */
function sparkline(view, area) {
  const texts = view.data.texts;
  const periods = view.series.periods;
  const name = (at) => view.data.periods[periods[at]];
  const own = periods.map((_, at) => view.value(area, at));
  const city = view.series.city.printed[0];
  const isNumber = (value) => typeof value === "number";
  const numbers = [...own, ...city].filter(isNumber);
  const known = own.map((value, at) => at).filter((at) => isNumber(own[at]));
  if (!known.length) return make("p", { class: "rg-note" }, texts.no_series);

  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const [width, height, left, right, top, bottom] = [318, 104, 52, 8, 10, 20];
  const x = (at) => left + (at * (width - left - right)) / Math.max(periods.length - 1, 1);
  const y = (value) => height - bottom - ((value - low) / (high - low || 1)) * (height - top - bottom);
  // a gap lifts the pen
  const line = (values) =>
    values.map((value, at) => (isNumber(value) ? (isNumber(values[at - 1]) ? "L" : "M") + x(at).toFixed(1) + " " + y(value).toFixed(1) : ""))
      .join("");
  const alone = (at) => !isNumber(own[at - 1]) && !isNumber(own[at + 1]);
  const dot = (at, r) => make("svg:circle", { class: "rg-spark-dot", cx: x(at), cy: y(own[at]), r });
  const write = (value, at, anchor, text) => make("svg:text", { x: at, y: value, "text-anchor": anchor }, text);
  const [first, last] = [known[0], known[known.length - 1]];
  const label = fill(texts.spark_label, { first: name(first), from: view.write(own[first]), last: name(last), to: view.write(own[last]) });

  const svg = make("svg:svg", { class: "rg-spark", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
    make("svg:path", { class: "rg-spark-grid", d: `M${left} ${y(low)}H${width - right}M${left} ${y(high)}H${width - right}` }),
    make("svg:path", { class: "rg-spark-city", d: line(city) }),
    make("svg:path", { class: "rg-spark-own", d: line(own) }),
    ...known.filter(alone).map((at) => dot(at, 2)),
    ...(isNumber(own[view.at]) ? [dot(view.at, 4)] : []),
    write(y(high) + 4, left - 6, "end", view.bare(high)),
    high > low ? write(y(low) + 4, left - 6, "end", view.bare(low)) : null,
    write(height - 4, left, "start", name(0)),
    periods.length > 1 ? write(height - 4, width - right, "end", name(periods.length - 1)) : null);
  const key = make("p", { class: "rg-spark-key", "aria-hidden": "true" },
    make("span", { class: "rg-key-own" }, area.short), city.some(isNumber) ? make("span", { class: "rg-key-city" }, texts.city) : null);
  return make("div", { class: "rg-spark-box" }, svg, key);
}

const order = { by: "number", down: false };

/** The areas in the order that the reader has chosen for the table. */
function tableOrder(view) {
  const one = order.by === "second" && view.second ? view.second : view;
  const amount = (area) => (one.known(area) ? one.value(area) : -Infinity);
  const areas = view.level.areas.slice();
  if (order.by !== "number") areas.sort((a, b) => amount(b) - amount(a) || a.index - b.index);
  if (order.down) areas.reverse();
  return areas;
}

/** All areas as a table: the same content for those who do not see or use the map. */
function showTable(view, pin, choose) {
  const box = document.getElementById("rg-table");
  box.hidden = !view.state.table;
  if (!view.state.table) {
    box.replaceChildren();
    return;
  }
  const texts = view.data.texts;
  const compared = view.comparison && CHARTS.comparison.table(view);
  if (compared) {
    const rows = compared.rows.map(({ one, cells }, i) => {
      const button = make("button", { type: "button", class: "rg-name" }, view.comparison.rows[i].name);
      button.addEventListener("click", () => choose(one.state.series));
      return make("tr", { class: one.state.series === view.state.series ? "rg-current" : null }, make("th", { scope: "row" }, button),
                  ...cells.map((cell) => make("td", {}, cell ? cell.why || cell.text : "–")));
    });
    box.replaceChildren(make("table", {}, make("caption", {}, view.title + ", " + view.periodText),
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, texts.indicator), ...compared.names.map((name) => make("th", { scope: "col" }, name)))),
      make("tbody", {}, ...rows)));
    return;
  }
  const withWarnings = view.state.warnings && view.data.warnings !== null;
  const columns = view.second
    ? [["number", texts.area], ...view.each.flatMap((one) => [[one === view ? "value" : "second", one.series.name], ["class", texts.range]])]
    : [["number", texts.area], ["value", texts.value], ["difference", [texts.difference, view.series.differenceUnit].filter(Boolean).join(", ")],
       ["rank", texts.rank], ...(view.circles ? [] : [["class", texts.range]])];
  if (withWarnings) columns.push(["warning", texts.warnings]);
  const head = columns.map(([name, label]) => {
    if (!["number", "value", "second"].includes(name)) return make("th", { scope: "col" }, label);
    const sorted = order.by === name ? (order.down === (name !== "number") ? "ascending" : "descending") : "none";
    const button = make("button", { type: "button", "data-sort": name }, label);
    button.addEventListener("click", () => {
      order.down = order.by === name ? !order.down : false;
      order.by = name;
      showTable(view, pin, choose);
      box.querySelector(`[data-sort="${name}"]`).focus();
    });
    return make("th", { scope: "col", "aria-sort": order.by === "number" && name === "number"
      ? (order.down ? "descending" : "ascending") : sorted }, button);
  });
  const rows = tableOrder(view).map((area) => {
    const rank = view.rank(area);
    const button = make("button", { type: "button", class: "rg-name" }, area.label);
    button.addEventListener("click", () => pin(area));
    const cells = view.second
      ? view.each.flatMap((one) => [one.text(area), one.className(area) || "–"])
      : [view.text(area), view.difference(area) || "–", rank ? String(rank.rank) : "–", ...(view.circles ? [] : [view.className(area) || "–"])];
    if (withWarnings) cells.push(view.warnings(area).map((one) => view.data.urgencies[one.urgency]).join(", ") || "–");
    return make("tr", { class: view.state.area === area.id ? "rg-current" : null },
                make("th", { scope: "row" }, button), ...cells.map((cell) => make("td", {}, cell)));
  });
  box.replaceChildren(make("table", {},
    make("caption", {}, view.title + ", " + view.periodText),
    make("thead", {}, make("tr", {}, ...head)), make("tbody", {}, ...rows)));
}
