"use strict";
/* The legend is the filter: each kind and type with how many are shown of how many there are. */
const Legend = (() => {
  const boxes = { kinds: new Map(), types: new Map() };

  function build(act) {
    Dom.byId("preset").addEventListener("change", (event) => look(event.target.value || null, act));
    Dom.byId("topic").addEventListener("change", (event) => act((state) => { state.topic = event.target.value || null; }));
    fillList("kinds", View.kinds.keys(), (kind) => [Look.icon(kind), Dom.el("span", {}, kind)], act);
    fillList("types", View.types.keys(), (type) => [Dom.el("span", { title: View.types.get(type).description }, wordsOf(type))], act);
    Dom.fill(Dom.byId("styles"), Object.values(Look.STYLES).map((style) => Dom.el("li", {}, sample(style), style.words)));
    slider("from", act);
    slider("to", act);
    Dom.byId("undated").addEventListener("change", (event) => act((state) => { state.undated = event.target.checked; }));
    for (const by of ["valid", "known"]) {
      Dom.byId(`by-${by}`).addEventListener("change", () => act((state) => { state.by = by; }));
    }
  }

  const wordsOf = (type) => View.types.get(type).forward;

  function fillList(name, keys, label, act) {
    for (const key of keys) {
      const box = Dom.el("input", { type: "checkbox", "data-key": key, change: () => act((state) => {
        if (name === "types" && state.preset) leave(state);
        state[name] = box.checked ? state[name].filter((one) => one !== key) : [...state[name], key];
      }) });
      const count = Dom.el("span", { class: "count" });
      const item = Dom.el("li", {}, Dom.el("label", {}, box, ...label(key), count));
      boxes[name].set(key, { box, count, item });
      Dom.byId(name).append(item);
    }
  }

  /* A perspective is asked for, since other entities may belong to it; a saved file looks through what it has. */
  function look(preset, act) {
    if (View.api && !View.story) {
      const address = new URL(location.href);
      address.hash = "";
      if (preset) address.searchParams.set("preset", preset);
      else address.searchParams.delete("preset");
      location.assign(address);
      return;
    }
    act((state) => {
      state.preset = preset;
      state.types = [];
      state.layout = View.perspectives.get(preset)?.layout ?? state.layout;
    });
  }

  /* What a perspective hides stays hidden, but now type by type. */
  function leave(state) {
    const { types } = View.perspectives.get(state.preset);
    const there = new Set([...View.lines.values()].map((line) => line.predicate));
    state.types = types.length ? [...there].filter((type) => !types.includes(type)) : [];
    state.preset = null;
  }

  function offer(state, shown) {
    const isDocument = View.about.seeds[0]?.startsWith("document:");
    const named = [["", "everything"], ...[...View.perspectives].map(([name, { title }]) => [name, title])];
    Dom.fill(Dom.byId("preset"), named.map(([name, title]) => Dom.el("option", { value: name, disabled: name === "document" && !isDocument }, title)));
    Dom.byId("preset").value = state.preset ?? "";
    const topics = [...shown.known].filter((id) => View.entities.get(id).kind === "Topic").map((id) => [id, View.nameOf(id)]).sort((one, other) => one[1].localeCompare(other[1]));
    Dom.fill(Dom.byId("topic"), [["", "all topics"], ...topics].map(([id, name]) => Dom.el("option", { value: id }, name)));
    Dom.byId("topic").value = state.topic ?? "";
    Dom.byId("topics").hidden = !topics.length;
  }

  function sample(style) {
    return Dom.svg("svg", { viewBox: "0 0 44 10", "aria-hidden": "true" }, Dom.svg("line", {
      x1: 2, x2: 42, y1: 5, y2: 5, stroke: `var(--${style.colour})`, "stroke-width": style.width ?? 1.4, "stroke-dasharray": style.dash?.join(" ") ?? "none",
    }));
  }

  function slider(name, act) {
    const input = Dom.byId(name);
    input.addEventListener("input", () => { Dom.byId(`${name}-year`).textContent = input.value; });
    input.addEventListener("change", () => act((state) => {
      const year = Number(input.value);
      state[name] = year === Number(name === "from" ? input.min : input.max) ? null : year;
      if (state.from !== null && state.to !== null && state.from > state.to) state[name === "from" ? "to" : "from"] = year;
    }));
  }

  function update(shown, state) {
    offer(state, shown);
    tell("kinds", tally([...shown.known].map((id) => View.entities.get(id).kind)), tally([...shown.entities].map((id) => View.entities.get(id).kind)), state);
    tell("types", tally([...shown.drawn].map((id) => View.lines.get(id).predicate)), tally([...shown.lines].map((id) => View.lines.get(id).predicate)), state);
    const [first, last] = View.years();
    for (const [name, value] of [["from", state.from ?? first], ["to", state.to ?? last]]) {
      const input = Dom.byId(name);
      [input.min, input.max] = [String(first), String(last)];
      input.value = String(value);
      Dom.byId(`${name}-year`).textContent = String(value);
    }
    Dom.byId("undated").checked = state.undated;
    Dom.byId(`by-${state.by}`).checked = true;
    Dom.byId("count").textContent = `${Dom.count(shown.entities.size)} of ${Dom.plural(shown.known.size, "entity", "entities")} and `
      + `${Dom.count(shown.lines.size)} of ${Dom.plural(shown.drawn.size, "relationship")} of this view are shown.`;
  }

  const tally = (keys) => keys.reduce((counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1), new Map());

  function tell(name, there, shown, state) {
    for (const [key, { box, count, item }] of boxes[name]) {
      item.hidden = !there.has(key);
      const looked = name === "types" ? View.perspectives.get(state.preset)?.types ?? [] : [];
      box.checked = !state[name].includes(key) && (!looked.length || looked.includes(key));
      count.textContent = `${shown.get(key) ?? 0}/${there.get(key) ?? 0}`;
    }
  }

  return { build, update };
})();
