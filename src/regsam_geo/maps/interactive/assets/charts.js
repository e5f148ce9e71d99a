// What stands beside the map: one chart for each view that the reader can choose besides the map alone.

/**
 * The charts by the name of their view. Each has
 * - draw(view, act): the elements that the box shows; one of them a drawing (`svg.rg-drawn`) with a part
 *   `[data-row]` for each area, which `rowParts` makes ready for hover, focus and click; a part of something else
 *   has an id instead (`oneStop`);
 * - columns(view): what it adds to the table that is saved, as [name, (area) => text], or an empty list;
 * - table(view): a table of its own in place of that of all areas, or null; most charts have none;
 * - offers(view): whether it has something to show;
 * - shows(view): whether the box is open, unless it always is.
 */
const CHARTS = {};

class Chart {
  constructor(act) {
    this.box = document.getElementById("rg-chart");
    this.act = act;
  }

  /** Draw the chart of the view; the keyboard stays where it was. */
  draw(view) {
    const chart = CHARTS[view.state.view];
    const stage = document.querySelector(".rg-drawings");
    const shown = Boolean(chart) && (!chart.shows || chart.shows(view));
    stage.classList.toggle("rg-charting", shown);
    stage.dataset.view = this.box.dataset.view = view.state.view;
    this.box.hidden = !shown;
    if (!shown) {
      this.box.replaceChildren();
      return;
    }
    const focused = document.activeElement;
    const kept = this.box.contains(focused) ? focused.dataset.row || focused.id : null;
    const place = this.box.scrollTop;
    this.box.replaceChildren(...chart.draw(view, this.act, this.box));
    this.box.scrollTop = place;
    const again = kept && (this.row(kept) || document.getElementById(kept));
    if (again) again.focus({ preventScroll: true });
  }

  row(id) {
    return this.box.querySelector(`[data-row="${CSS.escape(id)}"]`);
  }

  /** Mark the part of an area that the reader points to in the map; none for null. */
  light(area) {
    this.box.querySelectorAll(".rg-lit").forEach((row) => row.classList.remove("rg-lit"));
    const row = area && this.row(area.id);
    if (row) row.classList.add("rg-lit");
  }
}

/**
 * Make the parts of a drawing buttons: one stop of the tab key for all, arrow keys go on in the order given, Enter
 * chooses. `chosen` is the place of the one that is chosen, or -1; `label(at)` is read aloud.
 */
function oneStop(parts, chosen, label, choose) {
  const stop = (at) => parts.forEach((part, i) => part.setAttribute("tabindex", i === at ? "0" : "-1"));
  parts.forEach((part, at) => {
    const attributes = { role: "button", "aria-label": label(at), "aria-pressed": at === chosen };
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, String(value));
    part.classList.add("rg-row");
    part.classList.toggle("rg-current", at === chosen);
    const steps = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: parts.length - 1 };
    part.addEventListener("focus", () => stop(at));
    part.addEventListener("click", () => choose(at));
    part.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") choose(at);
      else if (event.key in steps) (parts[steps[event.key]] || part).focus();
      else return;
      event.preventDefault();
    });
  });
  stop(Math.max(chosen, 0));
}

/** The same for parts with `data-row`, in the order of `areas`: pointing at one lights up its area, choosing it pins. */
function rowParts(view, act, areas, parts, label) {
  oneStop(parts, areas.findIndex((area) => area.id === view.state.area), (at) => label(areas[at]), (at) => act({ pin: areas[at] }));
  parts.forEach((part, at) => {
    for (const name of ["mouseenter", "focus"]) part.addEventListener(name, () => act({ light: areas[at] }));
    for (const name of ["mouseleave", "blur"]) part.addEventListener(name, () => act({ light: null }));
  });
}
