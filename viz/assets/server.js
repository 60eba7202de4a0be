"use strict";
/* Questions to the server. Who waits is told so, and told why when no answer comes; nothing on the page is lost. */
const Server = (() => {
  const SOON = 400; // Milliseconds: quicker answers need no word.
  const PATIENCE = 30_000;
  let waiting = 0;

  async function ask(path, options = {}) {
    const patience = new AbortController();
    const limit = setTimeout(() => patience.abort(), Server.patience);
    const word = setTimeout(() => wait(1), SOON);
    try {
      const reply = await fetch(`${View.api}${path}`, { ...options, signal: patience.signal });
      if (!reply.ok) throw new Error((await problemOf(reply)) ?? `the server answered ${reply.status}`);
      return await reply.json();
    } catch (error) {
      if (error.name === "AbortError") throw new Error(`the server did not answer within ${Math.round(Server.patience / 1000)} seconds`);
      if (error instanceof TypeError) throw new Error("the server cannot be reached");
      throw error;
    } finally {
      clearTimeout(limit);
      clearTimeout(word);
      wait(0);
    }
  }

  function wait(more) {
    waiting = more;
    const place = Dom.byId("busy");
    place.hidden = !waiting;
    place.textContent = waiting ? "The server is asked…" : "";
  }

  async function problemOf(reply) {
    try {
      const told = await reply.json();
      return told.detail ?? told.title ?? null;
    } catch {
      return null;
    }
  }

  return { ask, patience: PATIENCE };
})();
