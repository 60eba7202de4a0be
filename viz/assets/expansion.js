"use strict";
/* Neighbours that are asked for one by one; each step is remembered, so that undo and a copied address find it again. */
const Expansion = (() => {
  const AT_ONCE = 25;
  const MOST = 1500;
  const steps = new Map();
  const left = new Map();

  /* A step is what `id` brought the nth time; the same list of steps always shows the same. */
  const keysOf = (more) => {
    const seen = new Map();
    return more.map((id) => {
      seen.set(id, (seen.get(id) ?? 0) + 1);
      return `${id} ${seen.get(id)}`;
    });
  };

  const applied = (more) => keysOf(more).map((key) => steps.get(key)).filter(Boolean);

  const ask = (id, type, shown, limit) => Server.ask(`/entities/${encodeURIComponent(id)}/neighbours`, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ limit, shown: [...shown].slice(0, MOST), ...(type ? { type } : {}), ...timesOf() }),
  });

  /* The entities on a shortest way through the whole graph, in their order; none where there is no such way. */
  async function way([start, end]) {
    const { rows } = await Server.ask(`/queries/paths?${new URLSearchParams({ start, end, most: "1", ...timesOf() })}`);
    return rows.length ? [start, ...rows.map((row) => row.target)] : [];
  }

  function timesOf() {
    const { known_at: known, recorded_at: recorded } = View.about.times;
    return { ...(known ? { known_at: known } : {}), ...(recorded ? { recorded_at: recorded } : {}) };
  }

  /* Adds the next neighbours of `id` to what the page knows; gives how many came, and what is still left out. */
  async function load(step, more, known, limit = AT_ONCE) {
    const key = keysOf([...more, step]).at(-1);
    const [id, type] = step.split("@");
    if (steps.has(key)) return { come: steps.get(key).entities.length, left: left.get(key) };
    const answer = await ask(id, type, known, Math.min(limit, Math.max(0, MOST - known.size)));
    const added = View.add(answer);
    Places.settle(added.entities, id);
    steps.set(key, { entities: answer.entities.map((one) => one.id), lines: answer.relationships.map((one) => one.id) });
    left.set(key, answer.left);
    return { come: added.entities.length, left: answer.left };
  }

  const leftOf = (id, more) => {
    const key = keysOf(more).filter((one) => one.startsWith(`${id} `)).at(-1);
    return left.get(key) ?? [];
  };

  return { applied, leftOf, load, way };
})();
