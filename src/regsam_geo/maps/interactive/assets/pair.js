// Two indicators together: nine colors on the map, a square as the legend, and each area as a point.
// Classes, words and the points that are named are those of `plot_bivariate` and `plot_scatter`.

/** The series that the second indicator can be, on the level shown; the headlines first. */
function partners(data, state) {
  const fits = data.series.map((_, i) => i).filter((i) => i !== state.series && data.series[i].levels[state.level]);
  const known = fits.filter((i) => data.series[i].indicator !== data.series[state.series].indicator);
  return [...known.filter((i) => data.series[i].headline), ...known, ...fits];
}

/** The limits of three classes of as equal numbers of areas as possible, then the highest value; none without values. */
function thirds(values) {
  const ordered = values.filter((value) => typeof value === "number").sort((a, b) => a - b);
  if (!ordered.length) return [];
  // equal values cannot be parted: a limit goes to the nearest change of value
  const changes = ordered.map((_, i) => i).filter((i) => !i || ordered[i] > ordered[i - 1]);
  const begins = new Set([0]);
  for (const part of [1, 2]) {
    const apart = changes.map((at) => Math.abs(at - (part * ordered.length) / 3));
    begins.add(changes[apart.indexOf(Math.min(...apart))]);
  }
  return [...[...begins].sort((a, b) => a - b).map((at) => ordered[at]), ordered[ordered.length - 1]];
}

/** The labels of classes between limits; a class that holds one printed number is named by it. */
function labelsOf(view, limits) {
  const { words } = view.data.pair;
  const unit = view.series.unit && !view.series.unitLine ? "\u00a0" + view.series.unit : "";
  return limits.slice(0, -1).map((low, i) => {
    const [high, last] = [limits[i + 1], i === limits.length - 2];
    const alone = high - low < (last ? 1 : 2);
    return (alone ? view.bare(low) : fill(last ? words.last : words.inner, { low: view.bare(low), high: view.bare(high) })) + unit;
  });
}

/** Make a view one of two: its values in three classes, whatever the classes of the map alone are. */
function asOneOfTwo(view) {
  view.ends = thirds(view.level.areas.map((area) => view.value(area)));
  view.limits = view.ends.slice(1, -1);
  view.labels = labelsOf(view, view.ends);
}

/** Few values give fewer classes: then the outer ones of three colors. */
function spread(found, n) {
  return n === 2 ? 2 * found : found;
}

/** Column and row of a field in the colors of the file. */
function fieldOf(view, across, up) {
  return [spread(across, view.labels.length), spread(up, view.second.labels.length)];
}

/** The number of a field by its column and row, for the pattern of a grey copy. */
function paint(view, across, up) {
  const [i, j] = fieldOf(view, across, up);
  const { colors, lines } = view.data.pair;
  return lines[j] ? `url(#rg-pair-${i}-${j})` : colors[i][j];
}

/** The color behind a number in the map: lines would cross it; empty where there are none. */
function plate(view, area) {
  if (!view.second || view.reason(area)) return "";
  const [i, j] = fieldOf(view, view.classOf(area), view.second.classOf(area));
  return view.data.pair.lines[j] ? view.data.pair.colors[i][j] : "";
}

/** What an indicator is called at an axis: title, unit and period. */
function axisWords(view) {
  const { full, unit } = view.series;
  return full + (unit.length > 3 && !full.includes(unit) ? ", " + unit : "") + ", " + view.periodText;
}

// ------------------------------------------------------------------------------------------------- the square

const FIELD = 62;

/** The legend of two indicators: a square with the number of areas in each field; missing values below it. */
function pairLegend(view) {
  const { second, data, level } = view;
  const parts = [];
  const empty = [view, second].find((one) => !one.labels.length);
  if (empty) {
    parts.push(make("p", { class: "rg-note" }, fill(data.pair.words.empty, { found: empty.series.title, period: empty.periodText })));
  } else {
    const counts = view.labels.map((_, i) => second.labels.map((_, j) =>
      level.areas.filter((area) => view.classOf(area) === i && second.classOf(area) === j).length));
    parts.push(make("p", { class: "rg-axis", "aria-hidden": "true" }, "↑ " + axisWords(second)), square(view, counts),
               make("p", { class: "rg-axis", "aria-hidden": "true" }, "→ " + axisWords(view)), squareTable(view, counts));
  }
  const missing = new Map();
  for (const area of level.areas) {
    const reason = view.reason(area);
    if (reason) missing.set(reason, [(missing.get(reason) || [0])[0] + 1, view.isSecret(area)]);
  }
  if (missing.size) {
    const row = ([reason, [count, secret]]) => make("tr", {}, make("td", {}, swatchOf(null, secret)),
      make("th", { scope: "row" }, reason), make("td", {}, String(count)));
    parts.push(make("table", { class: "rg-legend" },
      make("caption", { class: "rg-hidden" }, data.texts.legend),
      make("thead", {}, make("tr", {}, make("td", {}), make("th", { scope: "col" }, data.texts.without_value),
                                       make("th", { scope: "col" }, level.count))),
      make("tbody", {}, ...[...missing].map(row))));
  }
  return [...parts, make("p", { class: "rg-note" }, data.pair.words.method)];
}

function square(view, counts) {
  const { second, data } = view;
  const limits = [view, second].map((one) => one.ends.map((limit) => one.brief(limit)));
  const left = 12 + Math.max(...limits[1].map((text) => widthOf(text, 12.5)));
  // half of the last limit stands beyond the square
  const over = widthOf(limits[0][limits[0].length - 1], 12.5) / 2;
  const side = Math.min(FIELD, (318 - left - over) / counts.length);
  const [width, high] = [left + side * counts.length + over, side * counts[0].length];
  const write = (text, x, y, anchor, more) => make("svg:text", { x, y, "text-anchor": anchor, "font-size": 12.5, ...more }, text);
  const parts = [];
  counts.forEach((column, i) => column.forEach((count, j) => {
    const [x, y] = [left + i * side, 8 + high - (j + 1) * side];
    const [p, q] = fieldOf(view, i, j);
    const { colors, lines, inks } = data.pair;
    parts.push(make("svg:rect", { x, y, width: side, height: side, fill: paint(view, i, j), class: "rg-field", "data-field": i + "-" + j }));
    // paper behind the number: lines would cross it
    if (lines[q]) parts.push(make("svg:rect", { x: x + side / 2 - 14, y: y + side / 2 - 11, width: 28, height: 22, fill: colors[p][q] }));
    parts.push(write(String(count), x + side / 2, y + side / 2 + 6, "middle",
                     { "font-size": 15, class: inks[p][q] === data.look.ink ? null : "rg-field-count-light" }));
  }));
  limits[1].forEach((text, j) => parts.push(write(text, left - 7, 12 + high - j * side, "end")));
  limits[0].forEach((text, i) => parts.push(write(text, left + i * side, high + 24, "middle")));
  return make("svg:svg", { class: "rg-square", viewBox: `0 0 ${width} ${high + 30}`, width, height: high + 30, "aria-hidden": "true" }, ...parts);
}

/** The square in words, for those who do not see it. */
function squareTable(view, counts) {
  const { second } = view;
  const head = (one, label) => one.series.name + ": " + label;
  return make("div", { class: "rg-hidden" }, make("table", {},
    make("caption", {}, view.data.texts.legend + ": " + view.level.count),
    make("thead", {}, make("tr", {}, make("td", {}), ...view.labels.map((label) => make("th", { scope: "col" }, head(view, label))))),
    make("tbody", {}, ...second.labels.map((label, j) =>
      make("tr", {}, make("th", { scope: "row" }, head(second, label)), ...counts.map((column) => make("td", {}, String(column[j]))))).reverse())));
}

/** The patterns of a grey copy: the color of the first indicator under upright lines of the second. */
function pairPatterns({ pair, look }) {
  return pair.lines.flatMap((gap, j) => pair.colors.map((column, i) => gap && make("svg:pattern",
    { id: `rg-pair-${i}-${j}`, width: gap, height: 8, patternUnits: "userSpaceOnUse" },
    make("svg:rect", { width: gap, height: 8, fill: column[j] }),
    make("svg:path", { d: `M${gap / 2} 0V8`, stroke: look.ink, "stroke-width": 1 })))).filter(Boolean);
}

// ------------------------------------------------------------------------------------------------- the points

/** At most so many areas are written with their names, and only from so far on: as in `plot_scatter`. */
const NAMED = 8;
const FAR = 4.6;

function median(numbers) {
  const ordered = numbers.slice().sort((a, b) => a - b);
  const half = ordered.length >> 1;
  return ordered.length % 2 ? ordered[half] : (ordered[half - 1] + ordered[half]) / 2;
}

const mean = (numbers) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

/** Ranks from 1 on; equal values share the middle one. */
function ranks(numbers) {
  return numbers.map((one) => 0.5 + mean([numbers.filter((other) => other < one).length, numbers.filter((other) => other <= one).length]));
}

function correlation(one, other) {
  const [a, b] = [one, other].map((numbers) => { const middle = mean(numbers); return numbers.map((number) => number - middle); });
  const times = (p, q) => p.reduce((sum, number, i) => sum + number * q[i], 0);
  return times(a, b) / Math.sqrt(times(a, a) * times(b, b));
}

/** How far each point lies from the middle of all, squared: off the common line before along it. */
function distances(xs, ys) {
  if (xs.length < 4) return xs.map(() => Infinity);
  const [x, y] = [xs, ys].map((numbers) => {
    const middle = median(numbers);
    const apart = numbers.map((number) => number - middle);
    const center = mean(apart);
    const deviation = Math.sqrt(apart.reduce((sum, one) => sum + (one - center) ** 2, 0) / (apart.length - 1));
    const usual = median(apart.map(Math.abs)) / 0.6745 || deviation || 1;
    return apart.map((one) => one / usual);
  });
  const r = Math.min(Math.max(correlation(ranks(xs), ranks(ys)) || 0, -0.95), 0.95);
  return x.map((one, i) => (one ** 2 - 2 * r * one * y[i] + y[i] ** 2) / (1 - r ** 2));
}

/** The areas with both values, the farthest first; `named` stand out. */
function pointsOf(view) {
  const fine = (one, area) => one.values.fine[area.index][one.at] / 10 ** (one.series.decimals + one.series.extra);
  const points = view.level.areas.filter((area) => !view.reason(area))
    .map((area) => ({ area, x: fine(view, area), y: fine(view.second, area) }));
  const far = distances(points.map((one) => one.x), points.map((one) => one.y));
  points.forEach((point, i) => { point.far = far[i]; });
  points.sort((a, b) => (a.far === b.far ? 0 : b.far - a.far));
  points.filter((point) => point.far >= FAR).slice(0, NAMED).forEach((point) => { point.named = true; });
  return points;
}

/** The city's value, or null where there is none or areas must not be compared with it. */
function cityOf(one) {
  const city = one.series.city.fine[0][one.at];
  return typeof city === "number" ? city / 10 ** (one.series.decimals + one.series.extra) : null;
}

/** The ends of a scale that holds all values, with some room; not below zero where none is. */
function reach(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = 0.06 * (high - low) || 0.1 * Math.abs(high) || 1;
  const start = low - margin;
  return [start < 0 && low >= 0 ? -0.25 * margin : start, high + margin];
}

/** Round values on a scale, each with its word. */
function marksOf(one, [low, high], most) {
  const { digits, ticks } = ticksOf(low, high, most);
  const unit = one.series.unit.length > 3 ? "" : one.series.unit;
  return ticks.map(({ whole, value }) => [value, formatNumber(whole, digits, unit, one.data.marks, false)]);
}

const DOT = 5.5;
const AROUND = [1, 2.2].flatMap((far) => [[1, 0], [-1, 0], [0.8, -1], [-0.8, -1], [0.8, 1], [-0.8, 1], [0, -1.2], [0, 1.2]]
  .map(([dx, dy]) => [dx * far, dy * far]));

/** The first place where a text covers nothing, stays in the frame and is nearest to its own point: its box, or null. */
function freePlace(text, size, strong, x, y, frame, taken, points) {
  const [width, height] = [widthOf(text, size, strong ? 700 : 400), size * 0.8];
  const gap = DOT + 3;
  for (const [dx, dy] of strong ? AROUND : AROUND.slice(0, 8)) {
    const left = x + dx * gap - (dx < 0 ? width : dx === 0 ? width / 2 : 0);
    const top = y + dy * (gap + height / 2) - height / 2;
    const box = [left, top, left + width, top + height];
    const inside = box[0] >= frame[0] && box[2] <= frame[2] && box[1] >= frame[1] && box[3] <= frame[3];
    const over = (other) => box[0] - 2 < other[2] && other[0] < box[2] + 2 && box[1] - 3 < other[3] && other[1] < box[3] + 3;
    const off = (px, py) => Math.hypot(Math.max(box[0] - px, 0, px - box[2]), Math.max(box[1] - py, 0, py - box[3]));
    if (inside && !taken.some(over) && points.every((one) => off(one.left, one.top) >= off(x, y))) return box;
  }
  return null;
}

/** Each area as a point by both values, with the names of those that stand out. */
function scatter(view, points, width, height) {
  const { second, data } = view;
  const cities = [view, second].map(cityOf);
  const ends = [points.map((one) => one.x), points.map((one) => one.y)].map((all, i) => reach(cities[i] === null ? all : [...all, cities[i]]));
  const said = [view, second].map((one, i) => (cities[i] === null ? "" : fill(data.pair.words.city, { value: one.brief(one.city) })));
  const [below, above] = [view, second].map((one, i) => linesOf((i ? "↑ " : "→ ") + axisWords(one), width - 8, 13, 700));
  const upwards = marksOf(second, ends[1], 6);
  const left = 10 + Math.max(...upwards.map(([, text]) => widthOf(text, 12.5)), 0);
  const right = width - (said[1] ? widthOf(said[1], 12.5) + 8 : 16);
  const [top, bottom] = [above.length * 17 + 24, height - below.length * 17 - 26];
  const across = marksOf(view, ends[0], Math.max(Math.floor((right - left) / 75), 2));
  const at = (x, y) => [left + ((x - ends[0][0]) / (ends[0][1] - ends[0][0])) * (right - left),
                        bottom - ((y - ends[1][0]) / (ends[1][1] - ends[1][0])) * (bottom - top)];
  const write = (text, x, y, anchor = "start", more = {}) => make("svg:text", { x, y, "text-anchor": anchor, "font-size": 12.5, ...more }, text);
  const within = (x, text) => Math.min(Math.max(x, widthOf(text, 12.5) / 2), width - widthOf(text, 12.5) / 2);
  const heading = (lines, y) => lines.map((line, i) => write(line, 0, y + i * 17, "start", { class: "rg-axis", "font-size": 13 }));
  const parts = [...heading(above, 13), ...heading(below, bottom + 40)];
  // names may stand beside the frame, as far as the page goes
  const frame = [left, top - 10, width - 2, bottom];
  const taken = [];
  for (const [value, text] of across) {
    const x = at(value, 0)[0];
    parts.push(make("svg:path", { class: "rg-grid", d: `M${x} ${top}V${bottom}` }), write(text, within(x, text), bottom + 17, "middle"));
  }
  for (const [value, text] of upwards) {
    const y = at(0, value)[1];
    parts.push(make("svg:path", { class: "rg-grid", d: `M${left} ${y}H${right}` }), write(text, left - 6, y + 4.5, "end"));
  }
  parts.push(make("svg:path", { class: "rg-frame-line", d: `M${left} ${top}V${bottom}H${right}` }));
  if (said[0]) {
    const x = at(cities[0], 0)[0];
    const half = widthOf(said[0], 12.5) / 2;
    taken.push([x - 1, top, x + 1, bottom], [within(x, said[0]) - half, top - 18, within(x, said[0]) + half, top - 3]);
    parts.push(make("svg:path", { class: "rg-city-line", d: `M${x} ${top}V${bottom}` }), write(said[0], within(x, said[0]), top - 6, "middle", { class: "rg-city-word" }));
  }
  if (said[1]) {
    const y = at(0, cities[1])[1];
    taken.push([left, y - 1, right, y + 1], [right, y - 7, width, y + 7]);
    parts.push(make("svg:path", { class: "rg-city-line", d: `M${left} ${y}H${right}` }), write(said[1], right + 6, y + 4.5, "start", { class: "rg-city-word" }));
  }
  for (const point of points) {
    [point.left, point.top] = at(point.x, point.y);
    taken.push([point.left - DOT, point.top - DOT, point.left + DOT, point.top + DOT]);
  }
  const names = [];
  for (const { area, left: x, top: y, named } of points) {
    // a name that finds no room gives way to its number
    const texts = named && area.level !== "region" ? [[area.title, 13], [area.short, 13]] : [[area.short, named ? 13 : 11.5]];
    for (const [text, size] of texts) {
      const box = freePlace(text, size, named, x, y, frame, taken, points);
      if (!box) continue;
      taken.push([box[0] - 4, box[1], box[2] + 4, box[3]]);
      names.push(write(text, box[0], box[3], "start", { class: named ? "rg-named" : "rg-point-number", "font-size": size }));
      break;
    }
  }
  // those that stand out lie on top
  const dots = points.slice().reverse().map(({ area, left: x, top: y, named }) => make("svg:g", { "data-row": area.id },
    make("svg:circle", { class: "rg-reach", cx: x, cy: y, r: 11 }),
    make("svg:circle", { class: named ? "rg-dot rg-far" : "rg-dot", cx: x, cy: y, r: DOT, fill: paint(view, view.classOf(area), second.classOf(area)) })));
  return make("svg:svg", { class: "rg-drawn rg-scatter", viewBox: `0 0 ${width} ${height}`, width, height, role: "group",
                           "aria-label": data.texts.points_label }, ...parts, ...names, ...dots);
}

CHARTS.pair = {
  offers: (view) => partners(view.data, view.state).length > 0,

  shows: (view) => view.state.points,

  draw(view, act, box) {
    const { second, data } = view;
    const { words } = data.pair;
    const points = pointsOf(view);
    if (!points.length) {
      return [make("p", {}, fill(words.no_points, { first: view.series.name, second: second.series.name }))];
    }
    const room = box.getBoundingClientRect();
    const narrow = matchMedia(NARROW).matches;
    const width = Math.max(box.clientWidth - 30, 280);
    const svg = scatter(view, points, width, narrow ? Math.min(width, 480) : Math.max(Math.min(room.height - 150, width * 1.1), 300));
    const ordered = points.slice().sort((a, b) => a.x - b.x || a.area.index - b.area.index);
    rowParts(view, (deed) => act({ ...deed, tell: true }), ordered.map((one) => one.area),
             ordered.map((one) => svg.querySelector(`[data-row="${CSS.escape(one.area.id)}"]`)), (area) => describe(view, area));
    const apart = [view, second].filter((one) => one.series.apart).map((one) => one.series.name);
    const missing = view.level.areas.filter((area) => view.reason(area)).map((area) => area.title);
    const notes = [fill(words.points, { areas: view.level.name }), words.cause,
                   apart.length ? fill(words.apart, { titles: apart.join(", ") }) : "",
                   missing.length ? fill(words.missing, { areas: shortened(missing, 8) }) : ""];
    return [svg, ...notes.filter(Boolean).map((note) => make("p", { class: "rg-note" }, note))];
  },

  columns(view) {
    const { second, data } = view;
    const { texts } = data;
    return [[texts.second, () => guarded(second.series.full)], [texts.period, () => second.periodText],
            [texts.value + (second.series.unit ? ", " + second.series.unit : ""), (area) => plainNumber(second, second.value(area))],
            [texts.range, (area) => guarded(second.className(area))]];
  },
};

/** At most so many words, then how many there are besides. */
function shortened(words, most) {
  return words.slice(0, most).join(", ") + (words.length > most ? ", … (" + words.length + ")" : "");
}
