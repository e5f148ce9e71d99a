// Two areas side by side, or one beside its region or the city: the rows, their order and the courses below them are those
// of `plot_comparison`, and so are the words. All numbers stand in the file for the map already.

/** At most so many indicators have a row, and so many their course: as in `plot_comparison`. */
const ROWS = 12;
const COURSES = 3;

/** A name without the number before it, a region with it. */
function nameOf(area) {
  if (area.level === "region") return area.label;
  if (area.label.startsWith(area.id + " ")) return area.label.slice(area.id.length + 1);
  return area.level === "own" ? area.id : area.id.replace(/^0+(?=.)/, "");
}

/** What an area is set beside unless the reader says so: its region if others lie in it too, else the city. */
function standardOf(data, level, area) {
  const regions = data.levels.find((one) => one.id === "region");
  const alone = level.areas.filter((one) => one.region === area.region).length < 2;
  const known = level.id !== "region" && regions && !alone && regions.areas.some((one) => one.id === area.region);
  return known ? "region:" + area.region : "city";
}

/** The area or region that a state names as the second, such as "district:14"; null for the city. */
function besideOf(data, name) {
  const [, level, id] = /^(\w+):(.*)$/s.exec(name || "") || [];
  const found = data.levels.find((one) => one.id === level);
  return (found && found.areas.find((one) => one.id === id)) || null;
}

/** What a state may have as the second: null stands for the usual one. */
function possibleBeside(data, { view, level, area, beside }) {
  const second = besideOf(data, beside);
  const fits = second ? [level, "region"].includes(second.level) && (second.level !== level || second.id !== area) : beside === "city";
  return view === "comparison" && area && fits ? beside : null;
}

/** What a click on an area changes: the first chosen stays, and the second is put beside it; a click on one of both lets it go. */
function afterClick(state, id) {
  if (state.view !== "comparison") return { area: state.area === id ? null : id };
  const own = state.level + ":";
  const second = (state.beside || "").startsWith(own) ? state.beside.slice(own.length) : null;
  if (!state.area) return { area: id };
  if (state.area === id) return { area: second, beside: null };
  return { beside: second === id ? null : own + id };
}

class Comparison {
  constructor(view, area) {
    const { data, state } = view;
    this.view = view;
    this.words = data.comparison;
    const second = besideOf(data, state.beside || standardOf(data, view.level, area));
    this.who = second ? [area, second] : [area];
    this.names = this.who.map(nameOf);
    this.all = data.series.map((_, at) => at)
      .filter((at) => this.leads(data.series[at]) && data.series[at].periods.includes(state.period))
      .map((at) => this.row(new View(data, { ...state, series: at })));
    // what cannot be compared stays in the order of the file, at the end
    const far = (row) => (Number.isNaN(row.apart) ? -Infinity : row.apart);
    this.all.sort((a, b) => (far(a) === far(b) ? 0 : far(b) - far(a)));
    this.rows = this.all.slice(0, ROWS);
    this.withCity = this.rows.some((row) => row.city !== null);
    this.courses = this.rows.slice(0, 2 * COURSES).map((row) => ({ row, lines: this.who.map((one) => this.course(row, one)) }))
      .filter(({ lines }) => lines.some((line) => line.filter((cell) => cell.fine !== null).length > 1)).slice(0, COURSES);
  }

  leads(series) {
    return (series.leads || series.headline) && this.view.state.level in series.levels;
  }

  get title() {
    const [first, second] = this.names;
    if (second) return fill(this.words.title, { first, second });
    return this.withCity ? fill(this.words.title_city, { first }) : first;
  }

  /** A cell of the file: its exact number or null, and its words. */
  cell(one, held, index, at) {
    const fine = held && held.fine[index][at];
    const known = typeof fine === "number";
    const whole = held && held.printed[index][at];
    const unit = one.series.unit.length <= 3;
    return { fine: known ? fine / 10 ** (one.series.decimals + one.series.extra) : null, whole, at,
             text: known ? (unit ? one.write(whole) : one.bare(whole)) : "–", why: known ? "" : one.data.signs[fine || 0].text };
  }

  /** One indicator of both; `apart` is not a number where their distance says nothing. */
  row(one) {
    const { at, series, values } = one;
    const pair = this.who.map((area) => this.cell(one, series.levels[area.level], area.index, at));
    const city = this.cell(one, series.city, 0, at);
    const others = one.level.areas.map((area) => this.cell(one, values, area.index, at).fine).filter((fine) => fine !== null);
    const usual = others.length ? median(others.map((fine) => Math.abs(fine - median(others)))) : 0;
    const [first, second] = [pair[0].fine, (pair[1] || city).fine];
    const said = !series.apart && usual > 0 && first !== null && second !== null;
    const name = [series.title, ...series.name.split(" · ").slice(series.title.split(" · ").length), ...(series.unit.length > 3 ? [series.unit] : [])].join(", ");
    return { one, name, pair, others, city: city.fine === null ? null : city, apart: said ? Math.abs(first - second) / usual : NaN };
  }

  /** The values of one of both up to the period shown. */
  course({ one }, area) {
    return one.series.periods.slice(0, one.at + 1).map((_, at) => this.cell(one, one.series.levels[area.level], area.index, at));
  }

  get empty() {
    return this.all.every((row) => row.pair.every((cell) => cell.fine === null));
  }

  /** The sentences below, as on the page of the static view. */
  notes() {
    const { words, rows, all } = this;
    const short = (found, most) => found.slice(0, most).join(", ") + (found.length > most ? " " + fill(words.more, { n: found.length - most }) : "");
    const titles = (found) => found.map((row) => row.one.series.title);
    const apart = titles(rows.filter((row) => row.one.series.apart));
    const missing = titles(rows.filter((row) => row.pair.some((cell) => cell.fine === null)));
    const ordered = this.names.length > 1 ? words.subtitle : this.withCity ? words.subtitle_city : "";
    return [ordered, apart.length ? fill(words.apart, { titles: short(apart, 4) }) : "",
            missing.length ? fill(words.missing, { titles: short(missing, 6) }) : "",
            all.length > rows.length ? fill(words.left, { n: all.length - rows.length }) : "", words.hidden].filter(Boolean);
  }

  /** A row in one sentence, with the reason of what is missing. */
  describe({ name, pair, city }) {
    const both = pair.map((cell, i) => this.names[i] + " " + (cell.why || cell.text));
    return name + ": " + [...both, ...(city ? [this.words.city_short + " " + city.text] : [])].join(", ");
  }
}

// -------------------------------------------------------------------------------------------------- the drawing

/** The first is a disc, the second a square: told apart without color too. */
function whoMark(which, x, y, size = 1) {
  return which ? make("svg:rect", { class: "rg-who-1", x: x - 4.2 * size, y: y - 4.2 * size, width: 8.4 * size, height: 8.4 * size })
    : make("svg:circle", { class: "rg-who-0", cx: x, cy: y, r: 5 * size });
}

const written = (text, x, y, anchor, size, name) => make("svg:text", { x, y, "text-anchor": anchor, "font-size": size, class: name }, text);

/** A text in at most two lines, in smaller letters where a word would not fit; cut where that is not enough. */
function twoLines(text, room, weight) {
  const size = [13, 12, 11].find((one) => linesOf(text, room, one, weight).length < 3) || 11;
  const [first, ...rest] = linesOf(text, room, size, weight);
  return { size, lines: rest.length ? [first, cutText(rest.join(" "), room, size, weight)] : [first] };
}

/** What the marks mean, in as many lines as they need. */
function whoKey(comparison, width) {
  const { words, names, withCity } = comparison;
  const parts = [];
  let [x, y] = [0, 12];
  const entries = [...names.map((name, i) => [i, name]), ["other", words.other], ...(withCity ? [["city", words.city]] : [])];
  for (const [mark, text] of entries) {
    const shown = cutText(text, width - 20, 13);
    const wide = 18 + widthOf(shown, 13);
    if (x && x + wide > width) [x, y] = [0, y + 20];
    parts.push(mark === "other" ? make("svg:path", { class: "rg-other", d: `M${x + 6} ${y - 9}v9` })
      : mark === "city" ? make("svg:path", { class: "rg-city-mark", d: `M${x + 6} ${y - 12}v15` }) : whoMark(mark, x + 6, y - 4.5),
               written(shown, x + 18, y, "start", 13, ""));
    x += wide + 16;
  }
  return { parts, bottom: y + 12 };
}

/** A row for each indicator: its name, all areas on a line, and the numbers. */
function comparedRows(comparison, width, narrow, top, pitch) {
  const { rows, words, withCity, who } = comparison;
  const size = narrow ? 14 : 13;
  const numbers = rows.map((row) => [...row.pair.map((cell) => cell.text), ...(withCity ? [row.city ? row.city.text : "–"] : [])]);
  const wides = numbers[0].map((_, i) => Math.max(...numbers.map((line) => widthOf(line[i], size, 700)), i < who.length ? 12 : widthOf(words.city_short, 12)));
  const ends = wides.map((_, i) => width - wides.slice(i + 1).reduce((sum, wide) => sum + wide + 14, 0));
  const left = narrow ? 0 : Math.min(0.36 * width, Math.max(...rows.map((row) => widthOf(row.name, size))) + 4) + 12;
  const right = ends[0] - wides[0] - 18;
  const parts = [written(words.low, left, top - 5, "start", 11, "rg-pale"), written(words.high, right, top - 5, "end", 11, "rg-pale"),
                 ...who.map((_, i) => whoMark(i, ends[i] - 5, top - 9)),
                 ...(withCity ? [written(words.city_short, width, top - 5, "end", 12, "")] : [])];
  const drawn = rows.map((row, at) => {
    const upper = top + at * pitch;
    const middle = narrow ? upper + 32 : upper + pitch / 2;
    const known = [...row.others, ...row.pair.map((cell) => cell.fine), row.city && row.city.fine].filter((fine) => fine !== null);
    const [low, high] = known.length ? reach(known) : [0, 1];
    const x = (fine) => left + ((fine - low) / (high - low)) * (right - left);
    const name = narrow ? { size, lines: [cutText(row.name, width, size)] } : twoLines(row.name, left - 12);
    const base = narrow ? upper + 17 : middle + 0.36 * name.size - (name.lines.length - 1) * 7;
    const { series } = row.one.state;
    return make("svg:g", { id: "rg-row-" + series },
      make("svg:rect", { class: "rg-row-back", x: 0, y: upper, width, height: pitch }),
      ...name.lines.map((line, i) => written(line, 0, base + 14 * i, "start", name.size, "")),
      make("svg:path", { class: "rg-strip", d: `M${left} ${middle}H${right}` }),
      make("svg:path", { class: "rg-other", d: row.others.map((fine) => `M${x(fine)} ${middle - 5}v10`).join("") }),
      row.city ? make("svg:path", { class: "rg-city-mark", d: `M${x(row.city.fine)} ${middle - 9}v18` }) : null,
      ...row.pair.map((cell, i) => (cell.fine === null ? null : whoMark(i, x(cell.fine), middle))).reverse(),
      ...numbers[at].map((text, i) => written(text, ends[i], middle + 0.36 * size, "end", size, i < who.length ? "rg-number-of-both" : "rg-pale")));
  });
  return { parts, drawn, bottom: top + rows.length * pitch };
}

/** How the largest differences came: both over the periods, as lines. */
function comparedCourse(comparison, { row, lines }, x, y, width, height) {
  const { data, series } = row.one;
  const known = lines.flat().filter((cell) => cell.fine !== null);
  const least = known.reduce((a, b) => (b.fine < a.fine ? b : a));
  const most = known.reduce((a, b) => (b.fine > a.fine ? b : a));
  const [low, high] = reach(known.map((cell) => cell.fine));
  const heads = twoLines(row.name, width, 700);
  const left = x + 8 + Math.max(...[least, most].map((cell) => widthOf(cell.text, 12)));
  const right = x + width - 8;
  const [top, bottom] = [y + 15 * heads.lines.length + 8, y + height - 18];
  const last = lines[0].length - 1;
  const at = (cell) => `${left + (last ? (cell.at * (right - left)) / last : 0)} ${high > low ? bottom - ((cell.fine - low) / (high - low)) * (bottom - top) : bottom}`;
  const place = (cell) => at(cell).split(" ").map(Number);
  const name = (cell) => data.periods[series.periods[cell.at]];
  const told = lines.map((line, i) => {
    const seen = line.filter((cell) => cell.fine !== null);
    const ends = [seen[0], seen[seen.length - 1]];
    return comparison.names[i] + ", " + (seen.length ? fill(data.texts.spark_label, { first: name(ends[0]), from: ends[0].text, last: name(ends[1]), to: ends[1].text }) : data.texts.no_series);
  });
  const drawn = lines.map((line, i) => [
    // a gap lifts the pen
    make("svg:path", { class: "rg-course-" + i, d: line.map((cell, k) => (cell.fine === null ? "" : (k && line[k - 1].fine !== null ? "L" : "M") + at(cell))).join("") }),
    line[last].fine === null ? null : whoMark(i, ...place(line[last]), 0.8)]);
  const [first, end] = [lines[0][0], lines[0][last]].map(name);
  return make("svg:g", { role: "img", "aria-label": row.name + ". " + told.join(". ") },
    ...heads.lines.map((line, i) => written(line, x, y + 12 + 15 * i, "start", heads.size, "rg-course-name")),
    make("svg:path", { class: "rg-course-foot", d: `M${left} ${bottom}H${right}` }), ...drawn.reverse().flat(),
    ...(least.fine === most.fine ? [most] : [least, most]).map((cell) => written(cell.text, left - 6, place(cell)[1] + 4, "end", 12, "rg-pale")),
    written(first, left, y + height - 3, "start", 12, "rg-pale"),
    last && widthOf(first + end, 12) + 8 < right - left ? written(end, right, y + height - 3, "end", 12, "rg-pale") : null);
}

CHARTS.comparison = {
  offers: () => true,

  columns: () => [],

  /** The rows and, below them, the earlier periods of the courses: [indicator, group, unit, period, cells of both and the city]. */
  table({ comparison, data }) {
    if (!comparison) return null;
    const { rows, courses, names, withCity, words } = comparison;
    const city = (cell) => (withCity ? [cell] : []);
    const line = (one, at, cells) => ({ one, period: data.periods[one.series.periods[at]], cells });
    return {
      names: [...names, ...city(words.city_short)],
      rows: rows.map(({ one, pair, city: its }) => line(one, one.at, [...pair, ...city(its)])),
      earlier: courses.flatMap(({ row, lines }) => lines[0].slice(0, -1).map((_, at) =>
        line(row.one, at, [...lines.map((cells) => cells[at]), ...city(null)]))),
    };
  },

  draw(view, act, box) {
    const { comparison, data } = view;
    const words = data.comparison;
    if (!comparison) return [make("p", { class: "rg-choose" }, words.choose)];
    if (comparison.empty) return [make("p", {}, fill(words.empty, { found: comparison.names.join(" / ") }))];
    // on paper the drawing is made as for a desk and then shrunk, wherever it was seen before
    const paper = document.documentElement.classList.contains("rg-printing");
    const narrow = !paper && matchMedia(NARROW).matches;
    const style = getComputedStyle(box);
    const width = paper ? 560 : Math.max(box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight), 280);
    const key = whoKey(comparison, width);
    const { rows, courses } = comparison;
    const deep = courses.length ? 132 : 0;
    const pitch = narrow ? 50 : Math.min(Math.max((box.clientHeight - key.bottom - deep - 48) / rows.length, 29), 44);
    const table = comparedRows(comparison, width, narrow, key.bottom + 18, pitch);
    const wide = narrow ? width : (width - 20 * (courses.length - 1)) / Math.max(courses.length, 2);
    const below = table.bottom + 12;
    const places = courses.map((_, i) => (narrow ? [0, below + i * (deep + 12)] : [i * (wide + 20), below]));
    const lines = courses.map((course, i) => comparedCourse(comparison, course, ...places[i], wide, deep));
    const height = Math.max(below, ...places.map(([, y]) => y + deep));
    const svg = make("svg:svg", { class: "rg-drawn rg-compared", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": words.label },
                     ...key.parts, ...table.parts, ...table.drawn, ...lines);
    const shown = rows.findIndex((row) => row.one.state.series === view.state.series);
    oneStop(table.drawn, shown, (at) => comparison.describe(rows[at]), (at) => act({ change: { series: rows[at].one.state.series } }));
    return [svg, ...comparison.notes().map((note) => make("p", { class: "rg-note" }, note))];
  },
};
