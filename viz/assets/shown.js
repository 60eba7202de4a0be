"use strict";
/* What is shown of what the page knows: a function of the state, and of nothing else. */
const Shown = (() => {
  function derive(state) {
    const step = View.story?.steps[state.step - 1];
    const known = new Set(step?.entities ?? View.base.entities);
    const drawn = new Set(step?.lines ?? View.base.lines);
    for (const step of Expansion.applied(state.more)) {
      step.entities.forEach((id) => known.add(id));
      step.lines.forEach((id) => drawn.add(id));
    }
    const hiddenKinds = new Set(state.kinds);
    const isOf = perspectiveOf(state);
    const hiddenTypes = new Set(state.types);
    const dated = (item) => inTime(spanOf(item, state.by), state);
    const entities = new Set([...known].filter((id) => {
      const entity = View.entities.get(id);
      return !hiddenKinds.has(entity.kind) && (spanOf(entity, state.by) === null || dated(entity));
    }));
    const lines = new Set([...drawn].filter((id) => {
      const line = View.lines.get(id);
      return !hiddenTypes.has(line.predicate) && isOf.line(line) && entities.has(line.subject) && entities.has(line.object)
        && (spanOf(line, state.by) === null || dated(line));
    }));
    if (!state.undated) leaveOutUndated(state, entities, lines);
    if (state.preset) keepTouched(entities, lines, isOf.entity);
    if (state.topic) keepAbout(state.topic, entities, lines);
    const opened = new Set(state.more);
    const groups = new Set([...View.groups.values()].filter((one) => entities.has(one.of) && !opened.has(`${one.of}@${one.predicate}`)
      && !hiddenTypes.has(one.predicate) && !hiddenKinds.has(one.kind)).map((one) => one.id));
    return { entities, lines, known, drawn, groups, near: neighbours(entities, lines) };
  }

  /* What a perspective looks for: of lines, and of entities to which no line of it leads. */
  function perspectiveOf(state) {
    const { types, only } = View.perspectives.get(state.preset) ?? { types: [], only: null };
    const begin = View.about.seeds[0];
    const cites = (claim) => claim.places.some((place) => place.document === begin);
    const isOnly = { disputed: (line) => line.disputed, cited: (line) => line.claims.some(cites) }[only] ?? (() => true);
    const isSaid = { disputed: (entity) => entity.disputed, cited: (entity) => entity.values.some(cites) }[only] ?? (() => false);
    return {
      line: (line) => (!types.length || types.includes(line.predicate)) && isOnly(line),
      entity: (id) => View.about.seeds.includes(id) || isSaid(View.entities.get(id)),
    };
  }

  function keepTouched(entities, lines, stays) {
    const touched = new Set();
    for (const id of lines) touched.add(View.lines.get(id).subject).add(View.lines.get(id).object);
    for (const id of entities) if (!touched.has(id) && !stays(id)) entities.delete(id);
  }

  /* A topic, what is related to it, and what is related to that. */
  function keepAbout(topic, entities, lines) {
    const kept = new Set([topic]);
    for (let ring = 0; ring < 2; ring += 1) {
      const found = [...lines].map((id) => View.lines.get(id)).filter((line) => kept.has(line.subject) || kept.has(line.object));
      found.forEach((line) => kept.add(line.subject).add(line.object));
    }
    for (const id of entities) if (!kept.has(id)) entities.delete(id);
    for (const id of lines) if (!kept.has(View.lines.get(id).subject) || !kept.has(View.lines.get(id).object)) lines.delete(id);
  }

  /* Without what is undated, an entity that nothing dates stays where a dated relationship leads to it. */
  function leaveOutUndated(state, entities, lines) {
    const isDated = (item) => spanOf(item, state.by) !== null;
    const touched = new Set();
    for (const id of lines) {
      const line = View.lines.get(id);
      if (isDated(line)) touched.add(line.subject).add(line.object);
    }
    for (const id of entities) {
      if (!isDated(View.entities.get(id)) && !touched.has(id)) entities.delete(id);
    }
    for (const id of lines) {
      const line = View.lines.get(id);
      if (!entities.has(line.subject) || !entities.has(line.object)) lines.delete(id);
    }
  }

  function spanOf(item, by) {
    if (by === "valid") return item.span;
    const year = View.yearOf(item.known);
    return year === null ? null : [year, year];
  }

  function inTime(span, state) {
    return span[0] <= (state.to ?? Infinity) && (state.from ?? -Infinity) <= span[1];
  }

  function neighbours(entities, lines) {
    const near = new Map([...entities].map((id) => [id, []]));
    for (const id of lines) {
      const line = View.lines.get(id);
      near.get(line.subject).push([line.object, id]);
      if (line.subject !== line.object) near.get(line.object).push([line.subject, id]);
    }
    return near;
  }

  /* The shortest way between two entities through what is shown: [from, line, to] for each step, or null. */
  function path(shown, [start, end]) {
    if (!shown.near.has(start) || !shown.near.has(end)) return null;
    const before = new Map([[start, null]]);
    let ring = [start];
    while (ring.length && !before.has(end)) {
      const next = [];
      for (const id of ring) {
        for (const [other, line] of shown.near.get(id)) {
          if (before.has(other)) continue;
          before.set(other, [id, line]);
          next.push(other);
        }
      }
      ring = next;
    }
    if (!before.has(end)) return null;
    const steps = [];
    for (let at = end; before.get(at) !== null; at = before.get(at)[0]) steps.unshift([...before.get(at), at]);
    return steps;
  }

  return { derive, path };
})();
