// What is shown: one small object, kept in the address so that a view can be sent.

/** The state that the file opens with. */
function firstState(data) {
  return {
    series: data.start.series,
    level: data.start.level,
    period: data.start.period,
    classes: data.start.classes,
    warnings: data.start.warnings,
    view: "map",
    second: null,
    beside: null,
    points: true,
    table: false,
    area: null,
    place: null,
    unshown: [],
  };
}

/** The period wished for, else the nearest that is not later, else the first. */
function nearest(periods, wish) {
  const earlier = periods.filter((period) => period <= wish);
  return earlier.length ? earlier[earlier.length - 1] : periods[0];
}

/** Make a state possible: a level and a period that the series has, an area of that level. */
function mended(data, state) {
  const series = data.series[state.series];
  const result = { ...state };
  if (!series.levels[result.level]) result.level = data.levels.find((level) => series.levels[level.id]).id;
  result.period = nearest(series.periods, result.period);
  const level = data.levels.find((one) => one.id === result.level);
  if (!(result.view in CHARTS)) result.view = "map";
  const others = partners(data, result);
  if (result.view === "pair" && !others.length) result.view = "map";
  if (!others.includes(result.second)) result.second = result.view === "pair" ? others[0] : null;
  if (!level.areas.some((area) => area.id === result.area)) result.area = null;
  result.beside = possibleBeside(data, result);
  return result;
}

/** Write a state as the part of the address after "#". */
function stateToHash(data, state) {
  const series = data.series[state.series];
  const parts = new URLSearchParams();
  parts.set("indicator", series.indicator);
  parts.set("group", series.group);
  parts.set("period", state.period);
  parts.set("level", state.level);
  parts.set("classes", state.classes);
  if (data.warnings) parts.set("warnings", state.warnings ? "1" : "0");
  if (state.view !== "map") parts.set("view", state.view);
  if (state.view === "pair") {
    const second = data.series[state.second];
    parts.set("second", second.indicator);
    parts.set("second_group", second.group);
    if (!state.points) parts.set("points", "0");
  }
  if (state.beside) parts.set("beside", state.beside);
  if (state.table) parts.set("table", "1");
  if (state.area) parts.set("area", state.area);
  if (state.place) parts.set("place", state.place.join(","));
  if (state.unshown.length) parts.set("unshown", state.unshown.join(","));
  return parts.toString();
}

/** Read a state from the address; what is absent or unknown keeps its first value. */
function stateFromHash(data, hash) {
  const state = firstState(data);
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const named = (indicator, group) => data.series.findIndex((series) =>
    series.indicator === parts.get(indicator) && (!parts.has(group) || series.group === parts.get(group)));
  if (named("indicator", "group") >= 0) state.series = named("indicator", "group");
  state.second = named("second", "second_group");
  state.points = parts.get("points") !== "0";
  for (const name of ["period", "level", "area", "view", "beside"]) {
    if (parts.get(name)) state[name] = parts.get(name);
  }
  if (!data.levels.some((level) => level.id === state.level)) state.level = data.start.level;
  if (["pooled", "own"].includes(parts.get("classes"))) state.classes = parts.get("classes");
  if (parts.has("warnings")) state.warnings = parts.get("warnings") === "1";
  state.table = parts.get("table") === "1";
  const kinds = data.places ? data.places.categories.length : 0;
  state.unshown = (parts.get("unshown") || "").split(",").filter(Boolean).map(Number).filter((kind) => kind in [...Array(kinds).keys()]);
  const place = (parts.get("place") || "").split(",").map(Number);
  if (place.length === 3 && place.every(Number.isFinite)) state.place = place;
  return mended(data, state);
}
