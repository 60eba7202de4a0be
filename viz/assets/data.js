"use strict";
/* What the page knows: entities and relationships with their evidence, those it came with and those it asked for. */
const View = (() => {
  const about = JSON.parse(Dom.byId("view-data").textContent);
  const entities = new Map();
  const lines = new Map();
  const linesOf = new Map();
  const pairs = new Map();
  const documents = new Map();
  const names = new Map();
  const rivals = new Map();

  const kinds = new Map(Object.entries(about.kinds));
  const types = new Map(Object.entries(about.types));
  const groups = new Map(about.groups.map((group) => [group.id, group]));
  const perspectives = new Map(Object.entries(about.perspectives));
  const story = about.story ?? null;
  const yearOf = (day) => (day ? Number(String(day).slice(0, 4)) : null);

  function add(part) {
    for (const [id, one] of Object.entries(part.documents)) documents.set(id, one);
    for (const [id, name] of Object.entries(part.names)) names.set(id, name);
    for (const [id, claim] of Object.entries(part.rivals)) rivals.set(id, claim);
    const added = { entities: [], lines: [] };
    for (const entity of part.entities) {
      if (entities.has(entity.id)) continue;
      entities.set(entity.id, { ...entity, span: spanOfEntity(entity), known: knownOfEntity(entity), disputed: entity.values.some((claim) => claim.rivals) });
      linesOf.set(entity.id, []);
      added.entities.push(entity.id);
    }
    part.relationships.forEach(dateByDocument);
    for (const line of part.relationships) {
      if (lines.has(line.id) || !entities.has(line.subject) || !entities.has(line.object)) continue;
      const key = [line.subject, line.object].sort().join(" ");
      const pair = pairs.get(key) ?? pairs.set(key, []).get(key);
      pair.push(line.id);
      lines.set(line.id, { ...line, span: spanOfLine(line), pair });
      linesOf.get(line.subject).push(line.id);
      if (line.object !== line.subject) linesOf.get(line.object).push(line.id);
      added.lines.push(line.id);
    }
    return added;
  }

  /* What was made in a document has its date, also where the document was here before. */
  function dateByDocument(line) {
    const [made, document] = [entities.get(line.subject), entities.get(line.object)];
    if (line.predicate !== "MADE_IN" || !made || made.date || !document?.date) return;
    made.date = document.date;
    made.span = spanOfEntity(made);
  }

  /* The years in which something was or can have been so; null where nothing dates it. */
  function spanOfEntity(entity) {
    return entity.date ? [yearOf(entity.date[0]), entity.date[1] ? yearOf(entity.date[1]) : Infinity] : null;
  }

  function spanOfLine(line) {
    if (!line.bounds) return null;
    const [from, fromLatest, , until] = line.bounds.map(yearOf);
    const end = line.time_class === "happening" ? fromLatest : until;
    return from === null && end === null ? null : [from ?? -Infinity, end ?? Infinity];
  }

  function knownOfEntity(entity) {
    if (!entity.values.length || entity.values.some((claim) => claim.of_register)) return null;
    return entity.values.map((claim) => claim.known).sort()[0] ?? null;
  }

  function years() {
    let [first, last] = [Infinity, -Infinity];
    for (const { span, known } of [...entities.values(), ...lines.values()]) {
      for (const year of [...(span ?? []), yearOf(known)]) {
        if (year === null || !Number.isFinite(year)) continue;
        first = Math.min(first, year);
        last = Math.max(last, year);
      }
    }
    return first > last ? [1900, 2100] : [first, last];
  }

  const nameOf = (id) => entities.get(id)?.name ?? names.get(id) ?? documents.get(id)?.title ?? id;
  const otherEnd = (line, id) => (line.subject === id ? line.object : line.subject);

  function wordsOf(line, from) {
    const type = types.get(line.predicate);
    return line.subject === from ? type.forward : type.backward;
  }

  const hiddenOf = (id) => Math.max(0, entities.get(id).relationships - linesOf.get(id).length);
  const api = document.documentElement.dataset.api || null;
  const base = add(about);

  return {
    about, add, api, base, documents, entities, groups, hiddenOf, kinds, lines, linesOf, nameOf, otherEnd, perspectives, rivals, story, types,
    wordsOf, yearOf, years,
  };
})();
