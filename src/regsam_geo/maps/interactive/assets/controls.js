// The controls above the map. They change the state and nothing else; the page is drawn from the state.

class Controls {
  constructor(data, change, reset) {
    this.data = data;
    this.change = change;
    this.reset = reset;
    this.timer = null;
    this.at = (name) => document.getElementById("rg-" + name);
    this.names = [...new Set(data.series.map((series) => series.indicator))];
    this.fillIndicators();
    this.bind();
    // a phone shows the map first; the details are open where there is room
    this.narrow = matchMedia(NARROW);
    const fold = () => { this.at("more").open = !this.narrow.matches; };
    this.narrow.addEventListener("change", fold);
    fold();
  }

  fillIndicators() {
    for (const name of this.names) {
      const series = this.data.series.filter((one) => one.indicator === name);
      this.at("indicator").append(make("option", { value: name }, new Set(series.map((one) => one.title)).size > 1 ? name : series[0].title));
    }
    for (const level of this.data.levels) {
      const input = make("input", { type: "radio", name: "rg-level", value: level.id });
      input.addEventListener("change", () => this.change({ level: level.id, area: null }));
      this.at("levels").append(make("label", {}, input, make("span", {}, level.name)));
    }
    for (const [i, series] of this.data.series.entries()) this.at("second").append(make("option", { value: i }, series.name));
    const views = Object.keys(CHARTS).filter((name) => name !== "pair" || this.data.series.length > 1);
    for (const name of ["map", ...views]) {
      const input = make("input", { type: "radio", name: "rg-view", value: name });
      input.addEventListener("change", () => this.change({ view: name }));
      this.at("views").append(make("label", {}, input, make("span", {}, this.data.texts["view_" + name])));
    }
    this.at("view-box").hidden = !views.length;
  }

  bind() {
    const first = (name) => this.data.series.findIndex((series) => series.indicator === name && series.headline);
    this.at("indicator").addEventListener("change", (event) => {
      const name = event.target.value;
      const found = first(name);
      this.change({ series: found >= 0 ? found : this.data.series.findIndex((one) => one.indicator === name) });
    });
    this.at("group").addEventListener("change", (event) => this.change({ series: Number(event.target.value) }));
    this.at("second").addEventListener("change", (event) => this.change({ second: Number(event.target.value) }));
    this.at("beside").addEventListener("change", (event) => this.change({ beside: event.target.value }));
    this.at("points").addEventListener("change", (event) => this.change({ points: event.target.checked }));
    this.at("period").addEventListener("input", (event) => {
      this.stop();
      this.change({ period: this.periods[Number(event.target.value)] });
    });
    this.at("play").addEventListener("click", () => (this.timer ? this.stop() : this.play()));
    for (const input of document.querySelectorAll("input[name=rg-classes]")) {
      input.addEventListener("change", () => this.change({ classes: input.value }));
    }
    this.at("warnings").addEventListener("change", (event) => this.change({ warnings: event.target.checked }));
    this.at("show-table").addEventListener("click", () => {
      this.change({ table: this.at("show-table").getAttribute("aria-pressed") !== "true" });
      // on a phone the table stands far below the button
      if (this.narrow.matches && !this.at("table").hidden) this.at("table").scrollIntoView();
    });
    this.at("reset").addEventListener("click", () => { this.stop(); this.at("search").value = ""; this.reset(); });
    this.at("search").addEventListener("input", () => this.search(false));
    this.at("search").addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); this.search(true); }
    });
  }

  /** Show the state in every control. */
  show(view) {
    const { data } = this;
    const { series, state } = view;
    this.view = view;
    this.periods = series.periods;
    this.at("indicator").value = series.indicator;
    const groups = data.series.map((one, i) => [one, i]).filter(([one]) => one.indicator === series.indicator);
    this.at("group").replaceChildren(...groups.map(([one, i]) => make("option", { value: i }, one.groupName || one.group)));
    this.at("group").value = String(state.series);
    this.at("group-box").hidden = groups.length < 2;
    const slider = this.at("period");
    slider.max = String(series.periods.length - 1);
    slider.value = String(view.at);
    slider.setAttribute("aria-valuetext", data.periods[state.period]);
    this.at("period-box").hidden = series.periods.length < 2;
    this.at("period-text").textContent = data.periods[state.period];
    for (const input of document.querySelectorAll("input[name=rg-level]")) {
      input.checked = input.value === state.level;
      input.disabled = !series.levels[input.value];
    }
    this.at("classes-name").textContent = series.counts ? data.texts.symbols_scale : data.texts.classes;
    for (const input of document.querySelectorAll("input[name=rg-view]")) {
      input.checked = input.value === state.view;
      input.disabled = input.value in CHARTS && !CHARTS[input.value].offers(view);
    }
    for (const name of ["second-box", "points-box"]) this.at(name).hidden = !view.second;
    this.at("classes-box").hidden = Boolean(view.second);
    const others = partners(data, state);
    [...this.at("second").options].forEach((option, i) => { option.disabled = !others.includes(i); });
    this.at("second").value = String(state.second);
    this.at("points").checked = state.points;
    this.at("beside-box").hidden = !view.comparison;
    if (view.comparison) this.fillBeside(view);
    for (const input of document.querySelectorAll("input[name=rg-classes]")) input.checked = input.value === state.classes;
    this.at("warnings").checked = state.warnings;
    this.at("show-table").setAttribute("aria-pressed", String(state.table));
    if (this.listed !== view.level) {
      this.listed = view.level;
      this.at("names").replaceChildren(...view.level.areas.map((area) => make("option", { value: area.label })));
    }
  }

  /** What the first area can be set beside: the city, regions, and all other areas. */
  fillBeside({ level, comparison, state }) {
    const { data } = this;
    const [first] = comparison.who;
    if (this.offered !== first) {
      const option = (area) => make("option", { value: area.level + ":" + area.id }, area.label);
      const city = data.series.some((series) => series.city.fine[0].some((cell) => typeof cell === "number"));
      const levels = data.levels.filter((one) => one === level || one.id === "region").reverse();
      this.at("beside").replaceChildren(make("option", { value: "city" }, city ? data.texts.city : data.comparison.alone),
        ...levels.map((one) => make("optgroup", { label: one.name }, ...one.areas.filter((area) => area !== first).map(option))));
      this.offered = first;
    }
    this.at("beside").value = state.beside || standardOf(data, level, first);
  }

  /** Pin the area that is meant, as soon as only one can be meant; at once after Enter. */
  search(now) {
    const wish = fold(this.at("search").value);
    const areas = this.view.level.areas;
    let found = areas.filter((area) => fold(area.id) === wish || area.key === wish);
    if (!found.length) found = areas.filter((area) => area.key.includes(wish));
    const message = this.at("search-result");
    message.textContent = wish && !found.length ? this.data.texts.not_found : "";
    if (wish && found.length && (now || found.length === 1)) this.change({ area: found[0].id }, { zoom: now });
  }

  /** Go through the periods; from the start if the last one is shown. */
  play() {
    const step = () => {
      const next = this.view.at + 1;
      if (next >= this.periods.length) this.stop();
      else this.change({ period: this.periods[next] }, { quiet: true });
    };
    if (this.view.at === this.periods.length - 1) this.change({ period: this.periods[0] }, { quiet: true });
    this.timer = setInterval(step, this.data.pace);
    this.showPlay();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
    this.showPlay();
  }

  showPlay() {
    const playing = this.timer !== null;
    this.at("play").setAttribute("aria-label", playing ? this.data.texts.pause : this.data.texts.play);
    this.at("play").firstElementChild.textContent = playing ? "❚❚" : "▶";
  }
}
