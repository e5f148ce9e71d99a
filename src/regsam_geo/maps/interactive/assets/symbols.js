// Counts as circles whose area is true to the number: small ones on top, more than half of each is seen. The same rules
// as in `symbols.py`, in pixels of the screen.

const LARGEST = 0.085;
const SEEN = 0.55;
const RIM = 0.7;

/** The area that two circles share. */
function lens(apart, one, other) {
  const [small, large] = one < other ? [one, other] : [other, one];
  if (apart >= small + large) return 0;
  if (apart <= large - small) return Math.PI * small ** 2;
  const corner = (r, s) => Math.acos(Math.min(Math.max((apart ** 2 + r ** 2 - s ** 2) / (2 * apart * r), -1), 1));
  const kite = Math.sqrt(Math.max((-apart + small + large) * (apart + small - large) * (apart - small + large) * (apart + small + large), 0));
  return small ** 2 * corner(small, large) + large ** 2 * corner(large, small) - kite / 2;
}

/** Whether smaller circles, with their rims, leave enough of every circle free; the largest come first. */
function areSeen(circles) {
  return circles.every((one, i) => {
    const room = (1 - SEEN) * Math.PI * one.r ** 2;
    let covered = 0;
    for (let j = i + 1; j < circles.length && covered <= room; j += 1) {
      const other = circles[j];
      const reach = one.r + other.r + RIM;
      if (Math.abs(one.x - other.x) < reach && Math.abs(one.y - other.y) < reach) {
        covered += lens(Math.hypot(one.x - other.x, one.y - other.y), one.r, other.r + RIM);
      }
    }
    return covered <= room;
  });
}

/** The circles of one map. */
class Symbols {
  constructor(map, view) {
    this.map = map;
    this.view = view;
    this.one = 10 ** view.series.decimals;
    const periods = view.state.classes === "own" ? [view.at] : view.series.periods.map((_, at) => at);
    const numbers = (at) => view.level.areas.map((area) => view.value(area, at)).map((value) => (typeof value === "number" ? value : 0));
    const all = periods.map(numbers);
    this.largest = Math.max(...all.flat(), 0);
    // found once for each map, size and zoom: many areas take a moment
    const size = map.getSize();
    const key = [view.state.series, view.state.level, periods, map.getZoom(), size.x, size.y].join();
    if (!Symbols.found.has(key)) Symbols.found.set(key, this.largest ? this.fitted(all) : 0);
    this.radius = Symbols.found.get(key);
  }

  radiusOf(number) {
    return this.radius * Math.sqrt(number / this.largest);
  }

  /** The radius of the largest number: as large as circles can be without hiding each other, in all periods. */
  fitted(all) {
    const { map, view } = this;
    const places = view.level.areas.map((area) => map.latLngToLayerPoint(area.at));
    const bounds = L.latLngBounds(view.data.bounds);
    const [least, most] = [bounds.getNorthWest(), bounds.getSouthEast()].map((corner) => map.latLngToLayerPoint(corner));
    const size = map.getSize();
    let radius = LARGEST * Math.min(size.x, size.y);
    for (const numbers of all) {
      const order = numbers.map((number, i) => i).filter((i) => numbers[i] > 0).sort((a, b) => numbers[b] - numbers[a] || a - b);
      for (; radius > 1; radius *= 0.95) {
        const circles = order.map((i) => ({ x: places[i].x, y: places[i].y, r: radius * Math.sqrt(numbers[i] / this.largest) }));
        const within = circles.every(({ x, y, r }) => Math.min(x - least.x, most.x - x, y - least.y, most.y - y) + 11 >= r + RIM);
        if (within && areSeen(circles)) break;
      }
    }
    return radius;
  }

  /** The areas with a circle, the largest number first. */
  order() {
    const { view } = this;
    return view.level.areas.filter((area) => view.known(area) && view.value(area) > 0).sort((a, b) => view.value(b) - view.value(a) || a.index - b.index);
  }

  /** Up to three round numbers for the legend, the largest first, in units of the last digit. */
  keyNumbers() {
    const largest = this.largest / this.one;
    if (largest <= 0) return [];
    const power = 10 ** Math.floor(Math.log10(largest) + 1e-12);
    const step = [5, 2, 1].find((one) => one * power <= largest * (1 + 1e-9));
    let numbers = { 1: [1, 0.2, 0.05], 2: [1, 0.25, 0.05], 5: [1, 0.2, 0.04] }[step].map((share) => Math.round(share * step * power * 1e6) / 1e6);
    if (largest >= 1) numbers = numbers.filter((number) => number >= 1 && Number.isInteger(number));
    if (numbers.length === 1 && numbers[0] === 2) numbers.push(1);
    return numbers.map((number) => Math.round(number * this.one));
  }

  /** The place of an area's number: within its circle where smaller ones leave room, else below it. */
  labelPlace(area, order, half) {
    const at = (one) => this.map.latLngToLayerPoint(one.at);
    const own = at(area);
    const r = this.radiusOf(this.view.value(area));
    const smaller = order.slice(order.indexOf(area) + 1).map((one) => ({ place: at(one), r: this.radiusOf(this.view.value(one)) }));
    const free = (dx, dy) => smaller.every(({ place, r: other }) => {
      const [x, y] = [Math.max(Math.abs(place.x - own.x - dx) - half, 0), Math.max(Math.abs(place.y - own.y - dy) - 6, 0)];
      return Math.hypot(x, y) > other;
    });
    const inside = (dx, dy) => Math.hypot(Math.abs(dx) + half, Math.abs(dy) + 6) <= r;
    const ways = [[0, 0], ...[0.35, 0.6].flatMap((share) => [0, 1, 2, 3, 4, 5, 6, 7].map((turn) =>
      [share * r * Math.cos((turn * Math.PI) / 4), share * r * Math.sin((turn * Math.PI) / 4)]))];
    const found = ways.find(([dx, dy]) => inside(dx, dy) && free(dx, dy));
    return found ? { at: found, inside: true } : { at: [0, r + 8], inside: false };
  }
}

Symbols.found = new Map();

/** One circle with a rim of paper outside its area, which a rim on its edge would take from. */
function symbolMark(radius, color) {
  const size = Math.ceil(2 * (radius + RIM + 1));
  const circle = (r, name, fill) => make("svg:circle", { r, class: name, fill });
  return make("svg:svg", { viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`, width: size, height: size, "aria-hidden": "true" },
              circle(radius + RIM, "rg-symbol-rim", null), circle(radius, "rg-symbol-disc", color));
}

/** Nested circles of round numbers on one foot, each with its number at the end of a line. */
function symbolKey(view, symbols) {
  const numbers = symbols.keyNumbers();
  const radii = numbers.map((number) => symbols.radiusOf(number));
  if (!radii.length) return null;
  const reach = radii[0];
  const lines = [];
  for (const radius of [...radii].reverse()) lines.push(Math.max(2 * radius, lines.length ? lines[lines.length - 1] + 18 : 9));
  lines.reverse();
  const [foot, middle, end] = [lines[0] + 10, reach + 2, 2 * reach + 14];
  const texts = numbers.map((number) => view.brief(number));
  const [width, height] = [end + 6 + Math.max(...texts.map((text) => widthOf(text, 15))), foot + 3];
  return make("svg:svg", { class: "rg-symbol-key", viewBox: `0 0 ${width} ${height}`, width, height, role: "img",
                           "aria-label": view.data.texts.symbols_key + ": " + texts.join(", ") },
    ...radii.flatMap((radius) => [make("svg:circle", { cx: middle, cy: foot - radius, r: radius + RIM, class: "rg-symbol-rim" }),
                                  make("svg:circle", { cx: middle, cy: foot - radius, r: radius, class: "rg-symbol-disc", fill: view.data.look.symbol })]),
    ...radii.map((radius, i) => make("svg:path", { class: "rg-symbol-line", d: `M${middle} ${foot - 2 * radius}L${middle + 0.4 * reach} ${foot - lines[i]}H${end}` })),
    ...texts.map((text, i) => make("svg:text", { x: end + 4, y: foot - lines[i] + 5, "font-size": 15 }, text)));
}
