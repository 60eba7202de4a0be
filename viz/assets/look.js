"use strict";
/* Shapes, colours and styles of lines, for the canvas and for SVG alike. */
const Look = (() => {
  const colours = {};
  const STYLES = {
    disputed: { words: "disputed: documents contradict each other; a shape with this outline has values that do", dash: [9, 3, 2, 3], colour: "warn" },
    unchecked: { words: "unchecked: nobody has seen its document", dash: [2, 6], colour: "line" },
    reading: { words: "a reading: inferred from what is cited", dash: [7, 5], colour: "line" },
    several: { words: "several documents say so", dash: null, colour: "line", width: 2.6 },
    single: { words: "one document says so", dash: null, colour: "line", width: 1.2 },
  };

  /* Colours are the style sheet's; the canvas wants them spelled out. */
  function refresh() {
    const probe = Dom.el("span");
    document.body.append(probe);
    for (const name of ["ground", "text", "quiet", "rule", "accent", "line", "warn", "panel"]) {
      probe.style.color = `var(--${name})`;
      colours[name] = getComputedStyle(probe).color;
    }
    probe.remove();
  }

  function styleOf(line) {
    if (line.disputed) return STYLES.disputed;
    if (line.unchecked) return STYLES.unchecked;
    if (line.reading) return STYLES.reading;
    return line.documents > 1 ? STYLES.several : STYLES.single;
  }

  function trace(context, outline, x, y, size) {
    context.beginPath();
    if (!outline.length) context.arc(x, y, size * 0.95, 0, 2 * Math.PI);
    else outline.forEach(([px, py], at) => context[at ? "lineTo" : "moveTo"](x + px * size, y + py * size));
    context.closePath();
  }

  function shape(kind, x, y, size, attributes = {}) {
    const { outline, colour } = View.kinds.get(kind);
    const more = { fill: colour, stroke: "currentColor", "stroke-width": 1.2, ...attributes };
    if (!outline.length) return Dom.svg("circle", { cx: x, cy: y, r: size * 0.95, ...more });
    return Dom.svg("polygon", { points: outline.map(([px, py]) => `${round(x + px * size)},${round(y + py * size)}`).join(" "), ...more });
  }

  const icon = (kind) => Dom.svg("svg", { class: "icon", viewBox: "-10 -10 20 20", "aria-hidden": "true" }, shape(kind, 0, 0, 8.5));
  const round = (number) => Math.round(number * 10) / 10;

  function wrapped(text, longest = 26) {
    const words = String(text).slice(0, 4 * longest).split(/\s+/);
    const rows = [""];
    for (const word of words) {
      const row = `${rows.at(-1)} ${word}`.trim();
      if (row.length <= longest || !rows.at(-1)) rows[rows.length - 1] = row;
      else rows.push(word);
    }
    const kept = rows.slice(0, 2).map((row) => (row.length > longest ? `${row.slice(0, longest - 1)}…` : row));
    if (rows.length > 2) kept[1] = `${kept[1].slice(0, longest - 1)}…`;
    return kept;
  }

  return { STYLES, colours, icon, refresh, round, shape, styleOf, trace, wrapped };
})();
