// What the file holds: levels with their areas, series with their values and classes. Values are whole numbers:
// `printed` counts units of the last printed digit, `fine` has `extra` more digits, from which differences,
// changes and ranks are made. Limits, forms of labels and colors of classes are read, not made.

/** Read the data block and unpack what is packed. */
function readData(text) {
  const data = JSON.parse(text);
  const arcs = data.arcs.map(decodeArc);
  for (const level of data.levels) {
    level.outline = outerArcs(level).map((number) => arcs[number]);
    level.areas.forEach((area, index) => {
      area.index = index;
      area.level = level.id;
      area.key = fold(area.label);
      // as beside the points of a chart: without zeros before its number, a region by its number alone
      area.title = level.id !== "region" && area.label.startsWith(area.id) ? area.short + area.label.slice(area.id.length) : area.short;
      area.polygons = area.shape.map((rings) => rings.map((ring) => joinArcs(ring, arcs)));
    });
  }
  if (data.places) data.places.points = decodeArc(data.places.at);
  for (const series of data.series) {
    unpack(series.city, series.extra);
    for (const values of Object.values(series.levels)) unpack(values, series.extra);
  }
  return data;
}

/** From steps to numbers; what is printed differs from the rounded value in the cells that are named. */
function unpack(values, extra) {
  const unit = 10 ** values.zeros;
  values.fine = values.rows.map((row) => readSteps(row).map((cell) => (typeof cell === "number" ? cell * unit : cell)));
  const odd = values.printed || [];
  values.printed = values.fine.map((row) => row.map((cell) => (typeof cell === "number" ? roundHalf(cell, extra) : cell)));
  for (const [area, at, printed] of odd) values.printed[area][at] = printed;
  delete values.rows;
}

/** Coordinates are whole numbers of 1e-5 degrees: a first point, then steps. Areas share the points of their borders. */
function decodeArc(text) {
  const steps = readNumbers(text);
  const points = [];
  let lat = 0;
  let lon = 0;
  for (let i = 0; i < steps.length; i += 2) {
    lat += steps[i];
    lon += steps[i + 1];
    points.push(new L.LatLng(lat / 1e5, lon / 1e5));
  }
  return points;
}

/** The arcs that belong to one area only: together they are the outline of all. */
function outerArcs(level) {
  const used = new Map();
  for (const number of level.areas.flatMap((area) => area.shape.flat(2))) {
    const arc = number < 0 ? ~number : number;
    used.set(arc, (used.get(arc) || 0) + 1);
  }
  return [...used].filter(([, times]) => times === 1).map(([arc]) => arc);
}

/** Join arcs to a ring; ~n is arc n backwards. The end of one arc is the start of the next. */
function joinArcs(numbers, arcs) {
  const ring = [];
  for (const number of numbers) {
    const arc = number < 0 ? arcs[~number] : arcs[number];
    const last = arc.length - 1;
    for (let i = 0; i < last; i += 1) ring.push(arc[number < 0 ? last - i : i]);
  }
  return ring;
}

/** Questions about the data in one state of the page. */
class View {
  constructor(data, state) {
    this.data = data;
    this.state = state;
    this.level = data.levels.find((level) => level.id === state.level);
    this.series = data.series[state.series];
    this.values = this.series.levels[state.level];
    this.at = this.series.periods.indexOf(state.period);
    // counts are circles, and have no classes; beside another indicator they have those of the square
    this.circles = Boolean(this.series.counts) && state.view !== "pair";
    const [kind, ...limits] = this.series.counts ? [] : state.classes === "own" ? this.values.own[this.at] : this.values.pooled;
    const { forms, colors, method } = this.series.counts ? { forms: [] } : data.kinds[kind];
    this.method = data.methods[method];
    this.labels = forms.map((form, i) => fill(form, { low: this.bare(limits[i]), high: this.bare(limits[i + 1]) }));
    this.limits = limits.slice(1, -1);
    this.colors = data.colors[colors] || [];
    this.inks = data.inks[colors] || [];
    if (state.view === "pair") asOneOfTwo(this);
    if (state.view === "pair" && state.second !== null) {
      const period = nearest(data.series[state.second].periods, state.period);
      this.second = new View(data, { ...state, series: state.second, second: null, period });
    }
    const shown = ({ series, level, period }) =>
      level === state.level && this.each.some((one) => one.state.series === series && one.state.period === period);
    this.shownWarnings = (data.warnings || []).filter(shown);
  }

  /** The views of all indicators that are shown: one, or two. */
  get each() {
    return this.second ? [this, this.second] : [this];
  }

  /** The two areas that are set side by side; null unless that is the view and one is chosen. */
  get comparison() {
    if (this.compared === undefined) {
      const area = this.state.view === "comparison" && this.level.areas.find((one) => one.id === this.state.area);
      this.compared = area ? new Comparison(this, area) : null;
    }
    return this.compared;
  }

  get title() {
    if (this.comparison) return this.comparison.title;
    const [first, second] = this.each.map((one) => one.series.name);
    return second ? fill(this.data.pair.words.title, { first, second }) : this.series.title;
  }

  get periodText() {
    return [...new Set(this.each.map((one) => this.data.periods[one.state.period]))].join(" / ");
  }

  /** Whether an area is chosen: pinned, or the second of two. */
  chose(area) {
    return area.id === this.state.area || (this.comparison !== null && this.comparison.who.includes(area));
  }

  write(whole) {
    return formatNumber(whole, this.series.decimals, this.series.unit, this.data.marks, false);
  }

  bare(whole) {
    return formatNumber(whole, this.series.decimals, "", this.data.marks, false);
  }

  /** The value with its unit, unless that is long and said beside it. */
  brief(whole) {
    return this.series.unitLine ? this.bare(whole) : this.write(whole);
  }

  /** A difference made from fine values; between percentages it counts percentage points. */
  writeDifference(fine, unit = "") {
    return formatNumber(roundHalf(fine, this.series.extra), this.series.decimals, unit, this.data.marks, true);
  }

  /** The value of an area in units of the last digit, or the code of the reason why it is missing. */
  value(area, at = this.at) {
    return this.values.printed[area.index][at];
  }

  known(area, at = this.at) {
    return typeof this.value(area, at) === "number";
  }

  /** The value as text, or the reason why there is none. */
  text(area, at = this.at) {
    const value = this.value(area, at);
    return typeof value === "number" ? this.write(value) : this.data.signs[value].text;
  }

  /** The class of an area, counted from 0; -1 where the value is missing. */
  classOf(area) {
    const value = this.value(area);
    if (this.circles) return -1;
    return typeof value === "number" ? this.limits.filter((limit) => value >= limit).length : -1;
  }

  /** The label of an area's class; empty where its value is missing. */
  className(area) {
    return this.labels[this.classOf(area)] || "";
  }

  colorOf(area) {
    if (this.circles) return this.known(area) ? this.data.look.context : null;
    const found = this.classOf(area);
    if (this.second) return this.reason(area) ? null : paint(this, found, this.second.classOf(area));
    return found < 0 ? null : this.colors[found];
  }

  /** Why an area has no color: the reason of the first value that is missing; empty where none is. */
  reason(area) {
    const missing = this.each.find((one) => !one.known(area));
    return missing ? missing.text(area) : "";
  }

  /** The color of text that can be read on an area. */
  inkOf(area) {
    const found = this.classOf(area);
    if (this.second && !this.reason(area)) {
      const [across, up] = fieldOf(this, found, this.second.classOf(area));
      return this.data.pair.inks[across][up];
    }
    return found < 0 || this.second ? this.data.look.ink : this.inks[found];
  }

  get city() {
    return this.series.city.printed[0][this.at];
  }

  /** Whether an area has no value because somebody keeps it secret. */
  isSecret(area) {
    const value = this.each.map((one) => one.value(area)).find((one) => typeof one === "string");
    return value !== undefined && this.data.signs[value].secret;
  }

  /** The difference to the city in fine units, or null. */
  fineDifference(area) {
    const city = this.series.city.fine[0][this.at];
    if (!this.known(area) || typeof city !== "number") return null;
    return this.values.fine[area.index][this.at] - city;
  }

  /** The difference to the city as text, or null. */
  difference(area, unit = "") {
    const fine = this.fineDifference(area);
    return fine === null ? null : this.writeDifference(fine, unit);
  }

  /** The difference to the city in units of the last printed digit, or null. */
  wholeDifference(area) {
    const fine = this.fineDifference(area);
    return fine === null ? null : roundHalf(fine, this.series.extra);
  }

  /** The changes over one and five periods, as text without unit: of the area, and of the city where it is known. */
  changes(area) {
    const fine = this.values.fine[area.index];
    const city = this.series.city.fine[0];
    const step = (row, then) => {
      if (typeof row[this.at] !== "number" || typeof row[then] !== "number") return null;
      return this.writeDifference(row[this.at] - row[then]);
    };
    return this.series.before
      .map((places) => places[this.at])
      .filter((then) => then >= 0)
      .map((then) => ({ since: this.series.periods[then], own: step(fine, then), city: step(city, then) }))
      .filter((change) => change.own !== null);
  }

  /** Rank from the highest value, equal values share one; null where the value is missing. */
  rank(area) {
    if (!this.known(area)) return null;
    const fine = (other) => this.values.fine[other.index][this.at];
    const others = this.level.areas.filter((other) => this.known(other));
    return { rank: 1 + others.filter((other) => fine(other) > fine(area)).length, of: others.length };
  }

  /** The warnings of an area for the series shown, in the period shown. */
  warnings(area) {
    return this.shownWarnings.filter((warning) => warning.area === area.id);
  }

  /** The areas with a warning, the most urgent first: their place in this list is the number in the map. */
  warned() {
    const ids = [...new Set(this.shownWarnings.map((warning) => warning.area))];
    return ids.map((id) => this.level.areas.find((area) => area.id === id));
  }

  /** Whether the places of a category are shown. */
  showsKind(kind) {
    return !this.state.unshown.includes(kind);
  }

  /** The places of the kinds shown that lie in an area, by kind. */
  placesIn(area) {
    const { places } = this.data;
    return places.categories
      .map((category, kind) => ({
        category,
        kind,
        names: places.kinds.flatMap((one, i) => (one === kind && places.areas[this.level.id][i] === area.index ? [places.names[i]] : [])),
      }))
      .filter((one) => one.names.length && this.showsKind(one.kind));
  }

  /** Warnings of an area in the period shown that concern other series. */
  otherWarnings(area) {
    const { level, period } = this.state;
    const shown = this.each.map((one) => one.state.series);
    return (this.data.warnings || []).filter(
      (warning) => warning.level === level && warning.area === area.id && !shown.includes(warning.series) && warning.period === period,
    );
  }
}
