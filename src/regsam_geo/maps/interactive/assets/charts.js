// What stands beside the map: one chart for each view that the reader can choose besides the map alone.

/**
 * The charts by the name of their view. Each has
 * - draw(view, act): the elements that the box shows; one of them a drawing (`svg.rg-drawn`) with a part
 *   `[data-row]` for each area, which `rowParts` makes ready for hover, focus and click;
 * - columns(view): what it adds to the table that is saved, as [name, (area) => text], or an empty list;
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
 * pins. `parts` are elements with `data-row`, in the order of `areas`; `label(area)` is read aloud.
 */
function rowParts(view, act, areas, parts, label) {
  const stop = (at) => parts.forEach((part, i) => part.setAttribute("tabindex", i === at ? "0" : "-1"));
  parts.forEach((part, at) => {
    const area = areas[at];
    const attributes = { role: "button", "aria-label": label(area), "aria-pressed": view.state.area === area.id };
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, String(value));
    part.classList.add("rg-row");
    part.classList.toggle("rg-current", view.state.area === area.id);
    const steps = { ArrowDown: at + 1, ArrowRight: at + 1, ArrowUp: at - 1, ArrowLeft: at - 1, Home: 0, End: parts.length - 1 };
    part.addEventListener("mouseenter", () => act({ light: area }));
    part.addEventListener("mouseleave", () => act({ light: null }));
    part.addEventListener("focus", () => { stop(at); act({ light: area }); });
    part.addEventListener("blur", () => act({ light: null }));
    part.addEventListener("click", () => act({ pin: area }));
    part.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") act({ pin: area });
      else if (event.key in steps) (parts[steps[event.key]] || part).focus();
      else return;
      event.preventDefault();
    });
  });
  stop(Math.max(areas.findIndex((area) => area.id === view.state.area), 0));
}
