// What the file holds: levels with their areas, series with their values and classes. Nothing is computed here
// that Python has not decided: classes, labels and colors are read, not made.

/** Read the data block and unpack what is packed. */
function readData(text) {
  const data = JSON.parse(text);
  const arcs = data.arcs.map(decodeArc);
  for (const level of data.levels) {
    level.areas.forEach((area, index) => {
      area.index = index;
      area.level = level.id;
      area.key = fold(area.id + " " + area.name);
      area.polygons = area.shape.map((rings) => rings.map((ring) => joinArcs(ring, arcs)));
      area.neighbors = null;
    });
  }
  for (const series of data.series) {
    series.city = undelta(series.city);
    for (const values of Object.values(series.levels)) values.rows = values.rows.map(undelta);
  }
  return data;
}

/** Coordinates are whole numbers of 1e-5 degrees: a first point, then steps. */
function decodeArc(steps) {
  const points = [];
  let lat = 0;
  let lon = 0;
  for (let i = 0; i < steps.length; i += 2) {
    lat += steps[i];
    lon += steps[i + 1];
    points.push([lat / 1e5, lon / 1e5]);
  }
  return points;
}

/** Join arcs to a ring; ~n is arc n backwards. The end of one arc is the start of the next. */
function joinArcs(numbers, arcs) {
  const ring = [];
  for (const number of numbers) {
    const arc = number < 0 ? arcs[~number].slice().reverse() : arcs[number];
    ring.push(...arc.slice(0, -1));
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
    const scale = state.classes === "own" ? this.values.own[this.at] : this.values.pooled;
    this.labels = scale.labels;
    this.colors = data.colors[scale.colors];
    this.inks = data.inks[scale.colors];
    this.classRow = (state.classes === "own" ? this.values.ownClasses : this.values.pooledClasses)[this.at];
  }

  write(whole, sign) {
    return formatNumber(whole, this.series.decimals, this.series.unit, this.data.marks, sign);
  }

  /** The value of an area in units of the last digit, or the code of the reason why it is missing. */
  value(area, at = this.at) {
    const value = this.values.rows[area.index][at];
    return value === undefined ? "" : value;
  }

  known(area, at = this.at) {
    return typeof this.value(area, at) === "number";
  }

  /** The value as text, or the reason why there is none. */
  text(area, at = this.at) {
    const value = this.value(area, at);
    return typeof value === "number" ? this.write(value) : this.data.signs[value];
  }

  /** The class of an area, counted from 0; -1 where the value is missing. */
  classOf(area) {
    return this.classRow[area.index] === "-" ? -1 : parseInt(this.classRow[area.index], 36);
  }

  colorOf(area) {
    const found = this.classOf(area);
    return found < 0 ? null : this.colors[found];
  }

  /** The color of text that can be read on an area. */
  inkOf(area) {
    const found = this.classOf(area);
    return found < 0 ? this.data.look.ink : this.inks[found];
  }

  get city() {
    return this.series.city[this.at];
  }

  /** Rank from the highest value, equal values share one; null where the value is missing. */
  rank(area) {
    if (!this.known(area)) return null;
    const own = this.value(area);
    const others = this.level.areas.filter((other) => this.known(other));
    return { rank: 1 + others.filter((other) => this.value(other) > own).length, of: others.length };
  }

  /** The warnings of an area for the series shown, in the period shown. */
  warnings(area) {
    return this.data.warnings.filter(
      (warning) =>
        warning.level === this.level.id &&
        warning.area === area.id &&
        warning.series === this.state.series &&
        warning.period === this.state.period,
    );
  }

  /** How many other warnings the area has in the period shown. */
  otherWarnings(area) {
    return this.data.warnings.filter(
      (warning) =>
        warning.level === this.level.id &&
        warning.area === area.id &&
        warning.series !== this.state.series &&
        warning.period === this.state.period,
    );
  }

  /** The place in `periods` that lies `years` before the one shown, or -1. */
  yearsBefore(years) {
    const period = this.state.period;
    return this.series.periods.indexOf(String(Number(period.slice(0, 4)) - years) + period.slice(4));
  }
}
