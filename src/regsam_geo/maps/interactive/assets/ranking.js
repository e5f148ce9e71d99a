// The areas in order, as the static ranking draws them: pale what does not clearly differ. Ranges, sides and ranks come
// with the data; where they are worked out is `packed_ranking.py`.

/** Read two rows of steps that stand in one text: the bits of the one between those of the other. */
function readTwo(text) {
  const rows = [[], []];
  const last = [0, 0];
  for (const both of readNumbers(text)) {
    const steps = [0, 0];
    for (let rest = both, bit = 1; rest > 0; rest = Math.floor(rest / 4), bit *= 2) {
      steps[0] += bit * (rest % 2);
      steps[1] += bit * (Math.floor(rest / 2) % 2);
    }
    steps.forEach((step, i) => {
      last[i] += step % 2 ? -(step + 1) / 2 : step / 2;
      rows[i].push(last[i]);
    });
  }
  return rows;
}

/** Read runs of the same side: three times their length, plus 1 more than the side. */
function readSides(text) {
  return readNumbers(text).flatMap((run) => Array(Math.floor(run / 3)).fill((run % 3) - 1));
}

/** What the file says of the order on the level that is shown, in numbers of the indicator. */
class Ranking {
  constructor(view) {
    this.view = view;
    this.packed = view.values.ranking;
    this.first = this.packed.first || 0;
    this.one = 10 ** (view.series.decimals + view.series.extra);
    this.packed.read = this.packed.read || this.packed.ranges.map((row, i) => ({
      ranges: readTwo(row), ranks: readTwo(this.packed.ranks[i]), sides: readSides(this.packed.sides[i]) }));
  }

  measure(at = this.view.at) {
    const { measures } = this.packed;
    return typeof measures === "string" ? measures : measures[at - this.first];
  }

  /** What areas are measured against: the city, or all of them together; null where nothing is compared. */
  center(at = this.view.at) {
    const all = (this.packed.centers || {})[at];
    const city = this.view.series.city.fine[0][at];
    if (["alone", "counts"].includes(this.measure(at))) return null;
    if (typeof city === "number") return { value: city / this.one, city: true };
    return all === undefined ? null : { value: all, city: false };
  }

  /** Value, range, side and possible ranks of an area; null where it has no value. */
  of(area, at = this.view.at) {
    const { view, packed } = this;
    const row = view.values.fine[area.index];
    if (typeof row[at] !== "number") return null;
    const { ranges, ranks, sides } = packed.read[area.index];
    const place = row.slice(this.first, at).filter((value) => typeof value === "number").length;
    const city = view.series.city.fine[0][at];
    const base = typeof city === "number" ? city / this.one : (packed.centers || {})[at] || 0;
    const middle = Math.floor(base / packed.unit + 0.5);
    return { value: row[at] / this.one, low: (middle - ranges[0][place]) * packed.unit, high: (middle + ranges[1][place]) * packed.unit,
             side: sides[place], above: ranks[0][place], below: ranks[1][place] };
  }

  /** The areas with a value, the highest first. */
  order() {
    const fine = (area) => this.view.values.fine[area.index][this.view.at];
    return this.view.level.areas.filter((area) => this.view.known(area)).sort((a, b) => fine(b) - fine(a) || a.index - b.index);
  }

  /** The rank of each area with those that are possible. */
  ranks() {
    const order = this.order();
    const fine = (area) => this.view.values.fine[area.index][this.view.at];
    const found = new Map();
    order.forEach((area, i) => {
      const before = order[i - 1];
      const rank = before && fine(before) === fine(area) ? found.get(before).rank : i + 1;
      const { above, below } = this.of(area);
      found.set(area, { rank, best: rank - above, worst: rank + below });
    });
    return found;
  }

  sideName(area) {
    if (!this.compared) return "dot";
    return ["below", "neither", "above"][this.of(area).side + 1];
  }

  /** Of many areas the file holds the newest periods alone. */
  get held() {
    return this.view.at >= this.first;
  }

  get compared() {
    return ["funnel", "history"].includes(this.measure());
  }

  /** The ends of the scale. */
  scale() {
    const center = this.center();
    const ends = [...(center ? [center.value] : []), ...this.order().map((area) => this.of(area)).flatMap((one) => [one.low, one.high, one.value])];
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    const margin = 0.05 * (high - low) || 0.1 * Math.abs(high) || 1;
    return [low < 0 ? low - margin : low > margin ? Math.max(low - margin, 0) : -0.35 * margin, high + margin];
  }
}

/** Round numbers on a scale, with the digits that they need. */
function ticksOf(low, high, most) {
  const rough = (high - low) / most;
  const power = Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((one) => one * 10 ** power >= rough * (1 - 1e-9));
  const digits = Math.max(0, -(factor === 10 ? power + 1 : power));
  const step = Math.round(factor * 10 ** (power + digits));
  const unit = 10 ** digits;
  const found = [];
  // whole numbers of the last digit: nothing is rounded here
  for (let i = Math.ceil((low * unit) / step); i * step <= high * unit; i += 1) found.push(i * step);
  return { digits, ticks: found.map((whole) => ({ whole, value: whole / unit })) };
}

const RANKED = { above: "M0-6 5.5 4H-5.5Z", below: "M0 6 5.5-4H-5.5Z" };

/** The mark of a value: strong triangles outwards, pale rings, and discs where nothing is compared. */
function rankedMark(name, x, y) {
  if (name in RANKED) return make("svg:path", { d: RANKED[name], class: "rg-ranked-" + name, transform: `translate(${x} ${y})` });
  return make("svg:circle", { cx: x, cy: y, r: name === "dot" ? 4 : 3.6, class: "rg-ranked-" + name });
}

/** Cut a text to the room it has. */
function cutText(text, room, size, weight = 400) {
  if (widthOf(text, size, weight) <= room) return text;
  let kept = text;
  while (kept.length > 1 && widthOf(kept + "…", size, weight) > room) kept = kept.slice(0, -1);
  return kept.trimEnd() + "…";
}

CHARTS.ranking = {
  offers: () => true,

  columns(view) {
    const ranking = new Ranking(view);
    if (!ranking.held) return [];
    const ranks = ranking.ranks();
    const { ranking: words } = view.data;
    const found = [[words.best, (area) => String(ranks.get(area).best)], [words.worst, (area) => String(ranks.get(area).worst)]];
    if (ranking.compared) found.push([words.standing, (area) => words[ranking.sideName(area)]]);
    return found.map(([name, text]) => [name, (area) => (view.known(area) ? text(area) : "")]);
  },

  draw(view, act, box) {
    const ranking = new Ranking(view);
    const words = view.data.ranking;
    if (!ranking.held) return [make("p", {}, fill(words.newest, { period: view.data.since[view.series.periods[ranking.first]] }))];
    const order = ranking.order();
    const narrow = matchMedia(NARROW).matches;
    const style = getComputedStyle(box);
    const width = Math.max(box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight), 280);
    // a phone has room for a range only below the name
    const pitch = narrow ? 38 : Math.min(Math.max((box.clientHeight - 235) / Math.max(order.length, 1), 15), 26);
    const size = narrow ? 14 : Math.min(13, pitch - 3);
    const [up, down] = narrow ? [-8, 9] : [0, 0];
    const ranks = ranking.ranks();
    const values = new Map(order.map((area) => [area, view.series.unit.length <= 3 ? view.write(view.value(area)) : view.bare(view.value(area))]));
    const rankText = (area) => fill(words.interval, ranks.get(area));
    const widest = (texts) => Math.max(0, ...texts.map((text) => widthOf(text, size)));
    const ofValues = Math.max(widest(order.map((area) => values.get(area))), widthOf(words.value, 11));
    const ofRanks = Math.max(widest(order.map(rankText)), widthOf(words.rank, 11));
    const regions = width >= 460 && order.some((area) => area.region);
    const ofRegions = regions ? Math.max(widest(order.map((area) => area.region || "")), widthOf(words.region, 11)) + 10 : 0;
    const rest = width - ofValues - ofRanks - ofRegions - 30;
    const ofNames = Math.min(widest(order.map((area) => area.label)) + 4, narrow ? rest : Math.max(rest - 210, 0.28 * width));
    const [left, right] = narrow ? [0, width] : [ofNames + ofRegions + 8, width - ofRanks - 12 - ofValues - 10];
    const top = narrow ? 40 : 22;
    const heads = narrow ? 12 : top - 6;
    const ends = width - ofRanks - 12;
    const bottom = top + order.length * pitch;
    const [low, high] = ranking.scale();
    const x = (value) => left + ((value - low) / (high - low)) * (right - left);
    const text = (at, y, anchor, content, name, letters = size) =>
      make("svg:text", { x: at, y, "text-anchor": anchor, "font-size": letters, class: name }, content);
    const parts = [];

    const { digits, ticks } = ticksOf(low, high, Math.max(Math.floor((right - left) / 45), 2));
    const unit = view.series.unit.length <= 3 ? view.series.unit : "";
    for (const tick of ticks) {
      parts.push(make("svg:path", { d: `M${x(tick.value)} ${top}V${bottom + 4}`, class: "rg-ranked-grid" }));
      const written = formatNumber(tick.whole, digits, unit, view.data.marks, false);
      if (Math.min(x(tick.value), width - x(tick.value)) >= widthOf(written, 11) / 2) {
        parts.push(text(x(tick.value), bottom + 16, "middle", written, "", 11));
      }
    }
    const center = ranking.center();
    const rows = order.map((area, i) => {
      const one = ranking.of(area);
      const y = top + (i + 0.5) * pitch;
      const base = y + up + 0.36 * size;
      const side = ranking.sideName(area);
      const pale = side === "neither" ? "rg-pale" : "";
      return make("svg:g", { "data-row": area.id },
        make("svg:rect", { x: 0, y: y - pitch / 2, width, height: pitch, class: "rg-row-back" }),
        text(0, base, "start", cutText(area.label, ofNames, size, area.id === view.state.area ? 700 : 400), pale),
        regions ? text(ofNames + 8, base, "start", area.region || "", "rg-pale", size - 1) : null,
        make("svg:rect", { x: x(one.low), y: y + down - 3.2, width: Math.max(x(one.high) - x(one.low), 0.5), height: 6.4, class: "rg-range" }),
        text(ends, base, "end", values.get(area), ""),
        text(width - ofRanks, base, "start", rankText(area), "rg-pale"));
    });
    parts.push(...rows);
    if (center) {
      // below the names it would be a stroke through them
      const d = narrow ? order.map((_, i) => `M${x(center.value)} ${top + (i + 0.5) * pitch + down - 7}v14`).join("")
        : `M${x(center.value)} ${top - 2}V${bottom}`;
      parts.push(make("svg:path", { d, class: "rg-ranked-city" }));
      const named = center.city ? view.data.texts.city_column + " " + (unit ? view.write(view.city) : view.bare(view.city)) :
        words.all + " " + formatNumber(Math.round(center.value * 10 ** view.series.decimals), view.series.decimals, unit, view.data.marks, false);
      const half = widthOf(named, 12) / 2;
      parts.push(text(Math.min(Math.max(x(center.value), left + half), right - half + 4), top - 6, "middle", named, "", 12));
    }
    // the marks lie above the line
    order.forEach((area, i) => parts.push(rankedMark(ranking.sideName(area), x(ranking.of(area).value), top + (i + 0.5) * pitch + down)));
    parts.push(text(ends, heads, "end", words.value, "rg-pale", 11),
               text(width - ofRanks, heads, "start", words.rank, "rg-pale", 11));
    if (regions) parts.push(text(ofNames + 8, heads, "start", words.region, "rg-pale", 11));

    const key = [...(ranking.compared ? ["above", "below", "neither"] : ["dot"]), "range"];
    let [at, line] = [0, bottom + 38];
    for (const name of key) {
      const wide = 20 + widthOf(words[name], 12);
      if (at && at + wide > width) [at, line] = [0, line + 18];
      parts.push(name === "range" ? make("svg:rect", { x: at, y: line - 7, width: 14, height: 6, class: "rg-range" }) : rankedMark(name, at + 7, line - 4),
                 text(at + 20, line, "start", words[name], "", 12));
      at += wide + 16;
    }
    const height = line + 8;
    const svg = make("svg:svg", { class: "rg-drawn", viewBox: `0 0 ${width} ${height}`, width, height, role: "group", "aria-label": words.label }, ...parts);
    rowParts(view, act, order, rows, (area) => [area.label + ": " + view.text(area), words.rank + " " + rankText(area),
                                                ...(ranking.compared ? [words[ranking.sideName(area)]] : [])].join(", "));
    const missing = view.level.areas.filter((area) => !view.known(area));
    const notes = [ranking.compared ? words.order_compared : words.order, words[ranking.measure()],
                   ranking.measure() === "funnel" ? words.ranks_chance : words.ranks_history,
                   missing.length ? fill(words.missing, { areas: missing.map((area) => `${area.label} (${view.text(area)})`).join(", ") }) : ""];
    if (view.series.unitLine) notes.unshift(view.series.unitLine);
    return [svg, ...notes.filter(Boolean).map((note) => make("p", { class: "rg-note" }, note))];
  },
};
