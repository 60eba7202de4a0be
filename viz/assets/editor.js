"use strict";
/* The Cypher editor: colours behind the text, words while one types, Ctrl+Enter to run. Without it the field is plain. */
const Editor = (() => {
  const field = document.getElementById("cypher");
  const ink = document.querySelector(".editor .ink");
  const list = document.getElementById("offer");
  const words = JSON.parse(document.getElementById("words").textContent);
  const keywords = new Set(words.keywords);
  const TOKENS =
    /(\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|("(?:[^"\\]|\\.)*(?:"|$)|'(?:[^'\\]|\\.)*(?:'|$))|(\$\w+)|(:\s*`?[A-Za-z_]\w*`?)|(\b\d+(?:\.\d+)?\b)|([A-Za-z_]\w*)/g;
  const CLASSES = ["note", "string", "parameter", "label", "number"];
  const MOST = 8;
  let offered = [];
  let chosen = -1;

  function draw() {
    const text = field.value;
    const found = [];
    let at = 0;
    for (const match of text.matchAll(TOKENS)) {
      const kind = kindOf(match);
      if (kind === null) continue;
      found.push(text.slice(at, match.index), span(kind, match[0]));
      at = match.index + match[0].length;
    }
    ink.replaceChildren(...found, `${text.slice(at)}\n`);
    follow();
  }

  function kindOf(match) {
    const group = CLASSES.findIndex((_, number) => match[number + 1] !== undefined);
    if (group >= 0) return CLASSES[group];
    return keywords.has(match[0].toUpperCase()) ? "keyword" : null;
  }

  function span(kind, text) {
    const element = document.createElement("span");
    element.className = `ink-${kind}`;
    element.textContent = text;
    return element;
  }

  function follow() {
    ink.scrollTop = field.scrollTop;
    ink.scrollLeft = field.scrollLeft;
  }

  /* The word before the cursor, and which words fit there. */
  function here() {
    const before = field.value.slice(0, field.selectionStart);
    const word = /\w*$/.exec(before)[0];
    const lead = before.slice(0, before.length - word.length);
    if (/\[[^\]()]*[:|]\s*$/.test(lead)) return { word, fitting: words.types };
    if (/:\s*$/.test(lead) || /:[\w&|!]*[&|]\s*$/.test(lead)) return { word, fitting: words.labels };
    if (/\w\.$/.test(lead) || /\{[^}]*$/.test(lead)) return { word, fitting: words.properties };
    return { word, fitting: [...words.keywords, ...words.functions] };
  }

  function offer(isAsked) {
    const { word, fitting } = here();
    const begins = word.toLowerCase();
    const isShort = word.length < (fitting === words.labels || fitting === words.types ? 1 : 2);
    const fits = fitting.filter((one) => one.toLowerCase().startsWith(begins) && one !== word);
    offered = isShort && !isAsked ? [] : fits.slice(0, MOST);
    chosen = -1;
    list.replaceChildren(...offered.map(item));
    list.hidden = offered.length === 0;
    field.removeAttribute("aria-activedescendant");
    place();
  }

  function item(word, number) {
    const element = document.createElement("li");
    element.id = `offer-${number}`;
    element.setAttribute("role", "option");
    element.setAttribute("aria-selected", "false");
    element.textContent = word;
    element.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      take(number);
    });
    return element;
  }

  /* Below the cursor: the letters have one width, and no line is wrapped. */
  function place() {
    const lines = field.value.slice(0, field.selectionStart).split("\n");
    const style = getComputedStyle(field);
    const height = parseFloat(style.lineHeight);
    const width = parseFloat(style.fontSize) * 0.602;
    const left = lines.at(-1).length * width - field.scrollLeft;
    list.style.top = `${Math.min(lines.length * height - field.scrollTop + 10, field.clientHeight)}px`;
    list.style.left = `${Math.max(0, Math.min(left, field.clientWidth - 180))}px`;
  }

  function choose(step) {
    list.children[chosen]?.setAttribute("aria-selected", "false");
    chosen = (chosen + step + offered.length) % offered.length;
    list.children[chosen].setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", `offer-${chosen}`);
  }

  function take(number) {
    const { word } = here();
    const end = field.selectionStart;
    field.setRangeText(offered[number], end - word.length, end, "end");
    close();
    draw();
  }

  function close() {
    offered = [];
    chosen = -1;
    list.hidden = true;
    field.removeAttribute("aria-activedescendant");
  }

  function press(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return act(event, () => field.form.requestSubmit());
    if (event.key === " " && event.ctrlKey) return act(event, () => offer(true));
    if (list.hidden) return undefined;
    if (event.key === "ArrowDown") return act(event, () => choose(1));
    if (event.key === "ArrowUp") return act(event, () => choose(-1));
    if (event.key === "Escape") return act(event, close);
    if (event.key === "Enter" && chosen >= 0) return act(event, () => take(chosen));
    return undefined;
  }

  function act(event, work) {
    event.preventDefault();
    work();
  }

  function start() {
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", "offer");
    field.parentElement.classList.add("alive");
    field.addEventListener("input", () => {
      draw();
      offer(false);
    });
    field.addEventListener("scroll", follow);
    field.addEventListener("keydown", press);
    field.addEventListener("blur", close);
    draw();
  }

  start();
  return { draw };
})();

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    const said = document.getElementById("said");
    try {
      await navigator.clipboard.writeText(field.value);
      said.textContent = "Copied.";
    } catch {
      field.select();
      said.textContent = "Selected: copy it with Ctrl+C.";
    }
  });
}
