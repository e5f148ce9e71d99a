// Small helpers: making elements, decoding, writing numbers. Text reaches the page only as text nodes.

const SVG = "http://www.w3.org/2000/svg";

/** Make an element; attributes that are null or false are left out, children are elements or text. */
function make(tag, attributes, ...children) {
  const element = tag.startsWith("svg:")
    ? document.createElementNS(SVG, tag.slice(4))
    : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value !== null && value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Where the page is one column: a phone, or a narrow window. */
const NARROW = "(max-width: 760px)";

/** Fill {fields} of a text, {n:one|many} by the number; what a field such as {period:since} needs before it comes with it. */
function fill(text, fields) {
  const counted = text.replace(/\{(\w+):([^{}|]*)\|([^{}|]*)\}/g, (whole, name, one, many) => (fields[name] === 1 ? one : many));
  return counted.replace(/\{(\w+)(?::\w+)?\}/g, (whole, name) => (name in fields ? String(fields[name]) : whole));
}

const FONT = "system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const MARKS = "!#$%()*,-.:;=?@";

/**
 * Read whole numbers from text, as `write_numbers` writes them in Python: each letter holds five bits, the lowest
 * first, and 32 more if the number goes on; the lowest bit of all is the minus sign. Other signs stand for a value
 * that is missing; they become text, the number of the reason.
 */
function readNumbers(text) {
  const found = [];
  let value = 0;
  let place = 1;
  for (const letter of text) {
    const digit = DIGITS.indexOf(letter);
    if (digit < 0) {
      found.push(String(MARKS.indexOf(letter)));
      continue;
    }
    value += (digit % 32) * place;
    place *= 32;
    if (digit >= 32) continue;
    found.push(value % 2 ? -(value - 1) / 2 : value / 2);
    value = 0;
    place = 1;
  }
  return found;
}

/** Read a first number and steps from text; what stands for a missing value is stepped over. */
function readSteps(text) {
  let last = 0;
  return readNumbers(text).map((step) => (typeof step === "string" ? step : (last += step)));
}

/**
 * Write a number as `format_number` does in Python. `whole` counts units of the last digit, so that nothing is
 * rounded here: 301 with one decimal is 30.1.
 */
function formatNumber(whole, decimals, unit, marks, sign) {
  if (typeof whole !== "number") return "–";
  const digits = String(Math.abs(whole)).padStart(decimals + 1, "0");
  const head = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, marks.group);
  const tail = decimals ? marks.decimal + digits.slice(digits.length - decimals) : "";
  const mark = whole < 0 ? "\u2212" : sign && whole > 0 ? "+" : "";
  return mark + head + tail + (unit ? "\u00a0" + unit : "");
}

/** Drop the last `extra` digits of a whole number, half away from zero. */
function roundHalf(whole, extra) {
  const unit = 10 ** extra;
  return Math.sign(whole) * Math.floor((2 * Math.abs(whole) + unit) / (2 * unit));
}

/** The width of a text in pixels. */
function widthOf(text, size, weight = 400) {
  widthOf.pen = widthOf.pen || document.createElement("canvas").getContext("2d");
  widthOf.pen.font = `${weight} ${size}px ${FONT}`;
  return widthOf.pen.measureText(text).width;
}

/** Reduce text to what a search compares: no accents, no signs, lower case. */
function fold(text) {
  return text.normalize("NFKD").toLowerCase().replace(/ß/g, "ss").replace(/[^\p{L}\p{N}]+/gu, "");
}
