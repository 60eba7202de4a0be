"use strict";
/* All that somebody did to the view; it stands in the address, which anybody may have written, so it is read with care. */
const State = (() => {
  const STEP = /^[a-z][a-z0-9]*:[A-Za-z0-9._~-]{1,120}(@[A-Z_]{1,60})?$/; // Neighbours of an entity, all or by one type.
  const ID = /^[a-z][a-z0-9]*:[A-Za-z0-9._~-]{1,120}$/;
  const MOST_PINS = 300;
  const MOST_STEPS = 30;
  const FURTHEST = 1e6;

  const fresh = () => ({
    selected: null, kinds: [], types: [], from: null, to: null, undated: true, by: "valid", more: [], pins: {}, path: null,
    preset: View.about.preset, topic: null, step: View.story ? 1 : null, layout: View.perspectives.get(View.about.preset)?.layout ?? "near",
  });

  const listed = (given, name) => (given.get(name) ?? "").split(",").filter(Boolean);
  const unique = (values) => [...new Set(values)];

  function read(fragment) {
    const given = new URLSearchParams(fragment.replace(/^#/, ""));
    const state = fresh();
    state.kinds = unique(listed(given, "kinds").filter((kind) => View.kinds.has(kind)));
    state.types = unique(listed(given, "types").filter((type) => View.types.has(type)));
    state.from = year(given.get("from"));
    state.to = year(given.get("to"));
    if (state.from !== null && state.to !== null && state.from > state.to) state.from = state.to = null;
    state.undated = given.get("undated") !== "no";
    state.by = given.get("by") === "known" ? "known" : "valid";
    if (["near", "time"].includes(given.get("layout"))) state.layout = given.get("layout");
    if (View.perspectives.has(given.get("preset"))) state.preset = given.get("preset");
    else if (given.get("preset") === "none") state.preset = null;
    if (ID.test(given.get("topic") ?? "")) state.topic = given.get("topic");
    const step = Number(given.get("step"));
    if (View.story && Number.isInteger(step) && step >= 1 && step <= View.story.steps.length) state.step = step;
    state.more = listed(given, "more").filter((id) => STEP.test(id)).slice(0, MOST_STEPS);
    state.pins = Object.fromEntries(listed(given, "pin").slice(0, MOST_PINS).map(pin).filter(Boolean));
    const ends = listed(given, "path");
    if (ends.length === 2 && ends[0] !== ends[1] && ends.every((id) => ID.test(id))) state.path = ends;
    const selected = given.get("sel");
    if (selected && ID.test(selected)) state.selected = selected;
    return state;
  }

  /* What the fragment names and the view does not have is dropped. */
  function fit(state) {
    const there = (id) => View.entities.has(id);
    return {
      ...state,
      selected: there(state.selected) || View.lines.has(state.selected) ? state.selected : null,
      path: state.path?.every(there) ? state.path : null,
      topic: there(state.topic) ? state.topic : null,
      pins: Object.fromEntries(Object.entries(state.pins).filter(([id]) => there(id))),
    };
  }

  function year(text) {
    return /^\d{4}$/.test(text ?? "") && Number(text) > 0 ? Number(text) : null;
  }

  function pin(text) {
    const match = /^(.+)@(-?\d{1,7}(?:\.\d)?)@(-?\d{1,7}(?:\.\d)?)$/.exec(text);
    if (!match || !ID.test(match[1])) return null;
    const place = [Number(match[2]), Number(match[3])];
    return place.every((at) => Math.abs(at) < FURTHEST) ? [match[1], place] : null;
  }

  function write(state) {
    const plain = fresh();
    const parts = {
      step: state.step === plain.step ? null : state.step,
      preset: state.preset === plain.preset ? null : state.preset ?? "none",
      topic: state.topic,
      sel: state.selected,
      kinds: state.kinds.join(","),
      types: state.types.join(","),
      from: state.from,
      to: state.to,
      undated: state.undated ? null : "no",
      by: state.by === "valid" ? null : state.by,
      layout: state.layout === plain.layout ? null : state.layout,
      more: state.more.join(","),
      pin: Object.entries(state.pins).map(([id, [x, y]]) => `${id}@${x}@${y}`).join(","),
      path: state.path?.join(","),
    };
    const written = Object.entries(parts).filter(([, value]) => value !== null && value !== undefined && value !== "");
    return written.map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%3A/g, ":").replace(/%2C/g, ",").replace(/%40/g, "@")}`).join("&");
  }

  return { fit, fresh, read, write };
})();
