"use strict";
/* Where entities lie: as the server computed it, as somebody pinned it, and beside their neighbour where they came later. */
const Places = (() => {
  const GOLDEN = 2.399963;
  const near = new Map();
  const time = new Map();

  for (const entity of View.entities.values()) {
    near.set(entity.id, { x: entity.x, y: entity.y });
    time.set(entity.id, { x: entity.time[0], y: entity.time[1] });
  }

  function of(id, state) {
    const step = View.story?.steps[state.step - 1];
    if (state.layout === "time") return time.get(id);
    const pinned = state.pins[id] ?? step?.places[id];
    return pinned ? { x: pinned[0], y: pinned[1] } : near.get(id);
  }

  function move(id, { x, y }) {
    near.set(id, { x: Math.round(x), y: Math.round(y) });
  }

  function settle(ids, parent) {
    const from = near.get(parent) ?? { x: 0, y: 0 };
    const fromTime = time.get(parent) ?? { x: 0, y: 0 };
    ids.forEach((id, at) => {
      const angle = GOLDEN * at;
      const radius = 90 + 30 * Math.sqrt(at);
      near.set(id, { x: from.x + radius * Math.cos(angle), y: from.y + radius * Math.sin(angle) });
      time.set(id, beside(id, at, fromTime));
    });
    relax(ids);
    ids.forEach((id) => move(id, near.get(id)));
  }

  /* In the column of its year and the layer of its kind, where the view has them. */
  function beside(id, at, from) {
    const entity = View.entities.get(id);
    const year = entity.date ? View.yearOf(entity.date[0]) : null;
    const column = View.about.axes.years.find(([of]) => of === year);
    const alike = [...View.entities.values()].find((one) => one.kind === entity.kind && one.time);
    return {
      x: (column ? column[1] + 55 : from.x) + (at % 3) * 34,
      y: (alike ? alike.time[1] : from.y) + (at % 5) * 16,
    };
  }

  /* Pushes what is new away from everything near it; what was there stays. */
  function relax(ids) {
    const moving = new Set(ids);
    for (let round = 0; round < 60; round += 1) {
      for (const id of moving) {
        const one = near.get(id);
        let [dx, dy] = [0, 0];
        for (const [other, place] of near) {
          if (other === id) continue;
          const [x, y] = [one.x - place.x, one.y - place.y];
          const apart = Math.hypot(x, y) || 1;
          if (apart < 80) {
            dx += (x / apart) * (80 - apart) * 0.3;
            dy += (y / apart) * (80 - apart) * 0.3;
          }
        }
        one.x += dx;
        one.y += dy;
      }
    }
  }

  return { move, of, settle };
})();
