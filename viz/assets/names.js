"use strict";
/* Names on the picture: as long as they may be, as wide as they are, and where there is room for them. */
const Names = (() => {
  const widths = new Map();
  const rowsOf = new Map(); // Of names, as they are drawn: those can be long.

  function nameFor(id) {
    const hidden = View.api ? View.hiddenOf(id) : 0;
    const rows = rowsOf.get(id) ?? rowsOf.set(id, Look.wrapped(View.nameOf(id))).get(id);
    const text = hidden ? [...rows.slice(0, -1), `${rows.at(-1)} +${hidden}`] : rows;
    return { rows: text, width: Math.max(...text.map(widthOf)) };
  }

  function widthOf(row) {
    if (!widths.has(row)) {
      const context = Dom.byId("canvas").querySelector("canvas").getContext("2d");
      context.save();
      context.font = '12px system-ui, "DejaVu Sans", sans-serif';
      widths.set(row, context.measureText(row).width);
      context.restore();
    }
    return widths.get(row);
  }

  function spotFor(place, { rows, width }, size, taken, shapes, frame) {
    const height = rows.length * 14;
    const beside = size + 6 + width / 2;
    const below = size + 4 + height / 2;
    for (const [dx, dy] of [[0, below], [0, -below], [beside, 0], [-beside, 0]]) {
      const box = { left: place.x + dx - width / 2, right: place.x + dx + width / 2, top: place.y + dy - height / 2, bottom: place.y + dy + height / 2 };
      if (box.left < 2 || box.right > frame.width - 2 || box.top < 2 || box.bottom > frame.height - 2) continue;
      if (shapes && isTaken(box, shapes)) continue;
      if (isFree(box, taken)) return { x: place.x + dx, y: place.y + dy, height };
    }
    return null;
  }

  function isTaken(box, taken) {
    const meets = (other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
    return cellsOf(box).some((cell) => taken.get(cell)?.some(meets));
  }

  function isFree(box, taken) {
    if (isTaken(box, taken)) return false;
    keep(box, taken);
    return true;
  }

  function keep(box, taken) {
    for (const cell of cellsOf(box)) (taken.get(cell) ?? taken.set(cell, []).get(cell)).push(box);
  }

  function cellsOf(box) {
    const cells = [];
    for (let x = Math.floor(box.left / 64); x <= Math.floor(box.right / 64); x += 1) {
      for (let y = Math.floor(box.top / 32); y <= Math.floor(box.bottom / 32); y += 1) cells.push(`${x} ${y}`);
    }
    return cells;
  }

  /* No name covers a shape. */
  function keepFree({ x, y }, size, taken) {
    keep({ left: x - size, right: x + size, top: y - size, bottom: y + size }, taken);
  }

  function write(ctx, rows, spot, scale, origin, colour = Look.colours.text) {
    rows.forEach((row, at) => {
      const x = (spot.x - origin.x) / scale;
      const y = (spot.y - spot.height / 2 + 7 + at * 14 - origin.y) / scale;
      ctx.lineWidth = 3.5 / scale;
      ctx.strokeStyle = Look.colours.ground;
      ctx.strokeText(row, x, y);
      ctx.fillStyle = colour;
      ctx.fillText(row, x, y);
    });
  }

  return { isFree, keep, keepFree, nameFor, spotFor, widthOf, write };
})();
