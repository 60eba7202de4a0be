"use strict";
/* The keyboard, while the picture has the focus; and / from anywhere. */
const Keys = (() => {
  const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

  function build(act) {
    const run = {
      Enter: () => Dom.byId("panel").focus(),
      e: () => act.expand(act.state().selected),
      p: () => act.pin(act.state().selected),
      s: () => act.way(act.state().selected),
      f: () => Canvas.fit(),
      n: () => Story.go(1, act),
      b: () => Story.go(-1, act),
      "+": () => zoom(1.25),
      "=": () => zoom(1.25),
      "-": () => zoom(0.8),
      Escape: act.clear,
    };
    Dom.byId("canvas").addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (WAYS[event.key]) walk(WAYS[event.key], act);
      else if (Object.hasOwn(run, event.key)) run[event.key]();
      else return;
      event.preventDefault();
    });
    document.addEventListener("keydown", (event) => {
      const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) && event.target.type !== "checkbox" && event.target.type !== "range";
      if (isTyping) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
        event.preventDefault();
        if (event.shiftKey) act.redo();
        else act.undo();
      } else if (event.key === "/" && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        Dom.byId("search").focus();
      }
    });
    Dom.byId("panel").addEventListener("keydown", (event) => {
      if (event.key === "Escape") Dom.byId("canvas").focus();
    });
  }

  const zoom = (by) => Canvas.network.moveTo({ scale: Canvas.network.getScale() * by, animation: false });

  /* To the neighbour that lies that way; without a selection to the entity with most relationships. */
  function walk([dx, dy], act) {
    const shown = act.shown();
    const from = act.state().selected;
    if (!shown.entities.has(from)) {
      const [first] = [...shown.entities].sort((one, other) => shown.near.get(other).length - shown.near.get(one).length);
      if (first) act.select(first);
      return;
    }
    const start = Canvas.network.getPosition(from);
    let [best, least] = [null, Infinity];
    for (const [id] of shown.near.get(from)) {
      const place = Canvas.network.getPosition(id);
      const apart = Math.hypot(place.x - start.x, place.y - start.y) || 1;
      const straight = ((place.x - start.x) * dx + (place.y - start.y) * dy) / apart;
      if (id !== from && straight > 0.3 && apart / straight < least) [best, least] = [id, apart / straight];
    }
    if (best === null) Dom.announce("Nothing related lies that way.");
    else act.select(best);
  }

  return { build };
})();
