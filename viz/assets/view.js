"use strict";
/* The page: what somebody does becomes a state, and everything that is seen follows from the state. */
(() => {
  const MOST_UNDO = 100;
  const UNTANGLING = 4000;
  let state = State.fresh();
  let shown = null;
  let derivedFrom = null;
  let start = null;
  let untangling = 0;
  let busy = false;
  const past = [];
  const future = [];

  function show() {
    const { kinds, types, from, to, undated, by, more, preset, topic, step: told } = state;
    const filters = JSON.stringify([kinds, types, from, to, undated, by, more, preset, topic, told]);
    const isOther = filters !== derivedFrom;
    if (isOther) shown = Shown.derive(state);
    derivedFrom = filters;
    Canvas.sync(shown, state);
    Story.update(state);
    Panel.update(shown, state, act);
    // A selection changes neither counts nor tables.
    if (isOther) {
      Legend.update(shown, state);
      Table.update(shown);
    }
    Dom.byId("undo").disabled = !past.length;
    Dom.byId("redo").disabled = !future.length;
    Dom.byId("layout").setAttribute("aria-pressed", String(state.layout === "time"));
  }

  /* What somebody did is a step that the browser goes back from; what a page does by itself is none. */
  function remember(isStep) {
    const fragment = State.write(state);
    if (fragment === location.hash.slice(1)) return;
    const address = fragment ? `#${fragment}` : location.pathname + location.search;
    history[isStep ? "pushState" : "replaceState"](null, "", address);
  }

  function change(edit) {
    const before = JSON.stringify(state);
    const next = JSON.parse(before);
    edit(next);
    if (JSON.stringify(next) === before) return;
    past.push(before);
    if (past.length > MOST_UNDO) past.shift();
    future.length = 0;
    state = next;
    show();
    remember(true);
  }

  function step(from, to, words) {
    if (!from.length) return;
    to.push(JSON.stringify(state));
    state = JSON.parse(from.pop());
    show();
    remember(true);
    Dom.announce(`${words}. ${Dom.byId("count").textContent}`);
  }

  const act = {
    state: () => state,
    shown: () => shown,
    get start() { return start; },
    change,
    undo: () => step(past, future, "Undone"),
    redo: () => step(future, past, "Done again"),
    clear: () => { start = null; change((next) => { next.selected = null; next.path = null; }); },
    select,
    expand,
    pin,
    way,
    wayInGraph,
    openGroup,
    find,
  };

  function select(id) {
    change((next) => { next.selected = id; next.path = null; });
    if (View.entities.has(id)) {
      const entity = View.entities.get(id);
      Canvas.reveal(id);
      Dom.announce(`${entity.name}, ${entity.sub_kind ?? entity.kind}, ${Dom.plural(shown.near.get(id)?.length ?? 0, "relationship")} shown`);
    } else if (View.lines.has(id)) {
      Dom.announce(Dom.byId("panel").querySelector("h2").textContent);
    }
  }

  function openGroup(id) {
    const { of, predicate } = View.groups.get(id);
    return expand(of, predicate);
  }

  async function expand(id, type = null) {
    if (!View.entities.has(id) || busy) return;
    if (!View.api) return void Dom.announce("This is a saved file: it cannot ask for more.");
    busy = true;
    Dom.announce("Asking for neighbours…");
    try {
      const step = type ? `${id}@${type}` : id;
      const { come, left } = await Expansion.load(step, state.more, shown.known, type ? 100 : undefined);
      const hidden = left.reduce((sum, one) => sum + one.left_out, 0);
      if (come) change((next) => { next.more.push(step); next.selected = id; next.path = null; });
      Dom.announce(come ? `${Dom.plural(come, "entity", "entities")} added; ${Dom.count(hidden)} left out.` : "There is nothing more to add.");
    } catch (error) {
      Dom.announce(`Nothing was added: ${error.message}`);
      tell(`Nothing was added: ${error.message}`);
    } finally {
      busy = false;
    }
    return undefined;
  }

  function tell(words) {
    Dom.byId("panel").prepend(Dom.el("p", { class: "flag", role: "alert" }, words));
  }

  /* What was searched for: selected where the view has it, and brought in where it has not. */
  async function find(id) {
    if (!shown.known.has(id)) {
      try {
        await Expansion.load(id, state.more, shown.known, 0);
        change((next) => { next.more.push(id); next.selected = id; next.path = null; });
        Canvas.reveal(id);
        Dom.announce(`${View.nameOf(id)} added`);
      } catch (error) {
        tell(`It could not be brought in: ${error.message}`);
      }
      return;
    }
    // What a filter hides comes back, since it was asked for.
    change((next) => {
      next.selected = id;
      next.path = null;
      if (shown.entities.has(id)) return;
      next.kinds = next.kinds.filter((kind) => kind !== View.entities.get(id).kind);
      next.from = next.to = null;
      next.undated = true;
    });
    select(id);
  }

  function pin(id) {
    if (!shown.entities.has(id) || state.layout === "time") return;
    change((next) => {
      if (next.pins[id]) delete next.pins[id];
      else next.pins[id] = placeOf(id);
    });
    Dom.announce(`${View.nameOf(id)} ${state.pins[id] ? "pinned" : "no longer pinned"}`);
  }

  function placeOf(id) {
    const { x, y } = Canvas.network.getPosition(id);
    return [Math.round(x), Math.round(y)];
  }

  function way(id) {
    if (!shown.entities.has(id)) return;
    if (start === null || start === id) {
      start = start === id ? null : id;
      Panel.update(shown, state, act);
      Dom.announce(start ? `A path begins at ${View.nameOf(id)}; choose the other end.` : "No path.");
      return;
    }
    const ends = [start, id];
    start = null;
    change((next) => { next.path = ends; next.selected = null; });
    const hot = Canvas.hot();
    if (hot) Canvas.fit([...hot.entities]);
    Dom.announce(Dom.byId("panel").querySelector("h2").textContent);
  }

  /* A shortest way through the whole graph; what lies on it and is not shown comes in, one after the other. */
  async function wayInGraph(ends) {
    if (busy) return;
    busy = true;
    try {
      const found = await Expansion.way(ends);
      if (!found.length) return void tell("Nothing in the whole graph connects them within seven steps.");
      const more = [...state.more];
      const known = new Set(shown.known);
      for (const id of found.filter((one) => !shown.known.has(one))) {
        await Expansion.load(id, more, known, 0);
        more.push(id);
        known.add(id);
      }
      change((next) => { Object.assign(next, State.fresh(), { step: next.step, preset: null, pins: next.pins, layout: next.layout, more, path: ends }); });
      if (Canvas.hot()) Canvas.fit([...Canvas.hot().entities]);
      Dom.announce(Dom.byId("panel").querySelector("h2").textContent);
    } catch (error) {
      tell(`The whole graph could not be asked: ${error.message}`);
    } finally {
      busy = false;
    }
    return undefined;
  }

  function untangle() {
    if (untangling) return void rest();
    if (state.layout === "time") return void Dom.announce("Columns of years are not untangled.");
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      Dom.byId("untangle").disabled = true;
      return void Canvas.settle(rest);
    }
    Dom.byId("untangle").textContent = "Stop";
    Canvas.network.setOptions({ physics: { enabled: true } });
    untangling = setTimeout(rest, UNTANGLING);
    return undefined;
  }

  function rest() {
    clearTimeout(untangling);
    untangling = 0;
    Canvas.network.setOptions({ physics: { enabled: false } });
    for (const id of shown.entities) if (!state.pins[id]) Places.move(id, Canvas.network.getPosition(id));
    Dom.byId("untangle").textContent = "Untangle";
    Dom.byId("untangle").disabled = false;
    show();
  }

  function pointed(params) {
    const node = Canvas.network.getNodeAt(params.pointer.DOM);
    return node ?? Canvas.network.getEdgeAt(params.pointer.DOM) ?? null;
  }

  function listen() {
    const { network } = Canvas;
    network.on("click", (params) => {
      hideTip();
      const id = pointed(params);
      if (View.groups.has(id)) openGroup(id);
      else if (id === null) change((next) => { next.selected = null; next.path = null; });
      else select(id);
    });
    for (const name of ["doubleClick", "hold"]) network.on(name, (params) => expand(network.getNodeAt(params.pointer.DOM) ?? null));
    network.on("dragEnd", (params) => {
      if (params.nodes.length && !View.groups.has(params.nodes[0]) && state.layout === "near") change((next) => params.nodes.forEach((id) => { next.pins[id] = placeOf(id); }));
    });
    network.on("hoverNode", ({ node, event }) => tip(View.groups.has(node) ? Panel.ofGroup(View.groups.get(node)) : `${View.nameOf(node)}, ${View.entities.get(node).sub_kind ?? View.entities.get(node).kind}`, event));
    network.on("hoverEdge", ({ edge, event }) => {
      const line = View.lines.get(edge);
      if (line) tip(`${View.nameOf(line.subject)} ${View.types.get(line.predicate).forward} ${View.nameOf(line.object)}: ${Dom.plural(line.documents, "document")}`, event);
    });
    for (const name of ["blurNode", "blurEdge", "dragStart", "zoom"]) network.on(name, hideTip);
    const buttons = {
      undo: act.undo,
      redo: act.redo,
      fit: () => Canvas.fit(),
      untangle,
      layout: () => change((next) => { next.layout = next.layout === "near" ? "time" : "near"; }),
      png: async () => Dom.save(await Export.png(shown), "view.png"),
      svg: () => Dom.save(new Blob([Export.svg(shown, state)], { type: "image/svg+xml" }), "view.svg"),
      csv: () => Dom.save(new Blob([`\ufeff${Export.csv(shown)}`], { type: "text/csv" }), "view.csv"),
      copy,
      theme: () => setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"),
    };
    for (const [id, run] of Object.entries(buttons)) Dom.byId(id).addEventListener("click", run);
    addEventListener("hashchange", () => { if (location.hash.slice(1) !== State.write(state)) open(true); });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", Canvas.recolour);
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      Dom.announce("The address of this view was copied.");
    } catch {
      Dom.announce("The browser does not let the address be copied; it stands in the address bar.");
    }
  }

  function tip(words, event) {
    const box = Dom.byId("tip");
    const frame = Dom.byId("canvas").getBoundingClientRect();
    box.textContent = words.slice(0, 300);
    box.hidden = false;
    box.style.left = `${Math.max(0, Math.min(frame.width - 220, event.clientX - frame.left + 14))}px`;
    box.style.top = `${event.clientY - frame.top + 14}px`;
  }

  const hideTip = () => { Dom.byId("tip").hidden = true; };

  function setTheme(theme) {
    document.documentElement.dataset.theme = theme;
    Dom.byId("theme").setAttribute("aria-pressed", String(theme === "dark"));
    Canvas.recolour();
  }

  /* The state that the address asks for; neighbours that it names are asked for again, one after the other. */
  async function open(isReturn = false) {
    const wanted = View.story && !location.hash ? Story.opening(1) : State.read(location.hash);
    if (isReturn) {
      past.push(JSON.stringify(state));
      future.length = 0;
    }
    state = State.fresh();
    if (!isReturn || wanted.more.length) show();
    if (View.api) {
      for (const id of wanted.more) {
        try {
          const known = new Set(shown.known);
          const [one, type] = id.split("@");
          await Expansion.load(id, state.more, known, known.has(one) ? (type ? 100 : undefined) : 0);
          state.more.push(id);
          shown = Shown.derive(state);
        } catch (error) {
          tell(`A part of this address could not be shown: ${error.message}`);
        }
      }
    }
    const isFresh = !wanted.path && !wanted.selected;
    state = State.fit({ ...wanted, more: state.more });
    show();
    remember(false);
    if (isReturn) {
      if (shown.entities.has(state.selected)) Canvas.reveal(state.selected);
      return;
    }
    if (state.path && Canvas.hot()) Canvas.fit([...Canvas.hot().entities]);
    else if (isFresh || !shown.entities.has(state.selected)) Canvas.fit();
    else { Canvas.fit(); Canvas.reveal(state.selected); }
  }

  Look.refresh();
  const picture = Dom.byId("canvas");
  picture.querySelector("canvas").setAttribute("aria-hidden", "true");
  picture.querySelector(".vis-network").tabIndex = -1; // vis-network adds a second stop without a name.
  document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  Dom.byId("theme").setAttribute("aria-pressed", String(document.documentElement.dataset.theme === "dark"));
  Look.refresh();
  Legend.build(change);
  Story.build(act);
  Table.build(act);
  Search.build(act);
  Keys.build(act);
  listen();
  globalThis.inquiryView = act;
  open().then(() => {
    Canvas.network.redraw();
    document.documentElement.dataset.ready = "yes";
  });
})();
