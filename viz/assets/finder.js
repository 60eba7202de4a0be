"use strict";
/* Suggestions in search fields: what a list offers comes from the server while one types. Without it all fields work. */
for (const field of document.querySelectorAll("[data-suggest]")) {
  const kind = field.dataset.suggest;
  let asked = 0;
  let waiting = null;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(suggest, 150);
  });

  async function suggest() {
    const text = field.value.trim();
    if (text.length < 2) return;
    asked += 1;
    const mine = asked;
    const more = kind && kind !== "any" ? `&kind=${encodeURIComponent(kind)}` : "";
    try {
      const reply = await fetch(`/v1/suggest?q=${encodeURIComponent(text)}${more}`);
      if (!reply.ok || mine !== asked) return;
      offer(await reply.json());
    } catch {
      /* The field works without suggestions. */
    }
  }

  function offer(found) {
    const options = found.items.map((one) => {
      const option = document.createElement("option");
      option.value = kind ? one.id : one.name;
      option.label = kind ? one.name : one.label;
      return option;
    });
    field.list.replaceChildren(...options);
  }
}
