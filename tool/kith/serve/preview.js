/* Only in pages that `kith serve` sends: reloads a page that has changed, keeps what was scrolled, opened and typed (how
   a table stands is in its address), and says what is wrong in the notes. Hidden pages hold no connection: a browser has
   six for all its tabs. */
(function () {
  "use strict";
  const shows = document.currentScript.dataset.shows;
  const page = location.pathname;
  const kept = `kith ${page}`;
  const FIELDS = "input:not([type=hidden]), select, textarea";
  let source = null;
  let dismissed = "";
  let told = "";

  /* --- what a reload keeps --------------------------------------------------------------------------------------- */

  function keep() {
    const state = {
      scroll: [scrollX, scrollY],
      open: [...document.querySelectorAll("details")].map((one) => one.open),
      fields: [...document.querySelectorAll(FIELDS)].map((one) => (one.type === "checkbox" ? one.checked : one.value)),
      focus: [...document.querySelectorAll(FIELDS)].indexOf(document.activeElement),
    };
    try {
      sessionStorage.setItem(kept, JSON.stringify(state));
    } catch { /* a browser that keeps nothing */ }
  }

  function restore() {
    let state = null;
    try {
      state = JSON.parse(sessionStorage.getItem(kept));
      sessionStorage.removeItem(kept);
    } catch { /* see keep */ }
    if (!state) return;
    [...document.querySelectorAll("details")].forEach((one, index) => { one.open = state.open[index] ?? one.open; });
    const fields = [...document.querySelectorAll(FIELDS)];
    fields.forEach((one, index) => {
      const value = state.fields[index];
      if (value === undefined || value === (one.type === "checkbox" ? one.checked : one.value)) return;
      if (one.type === "checkbox") one.checked = value;
      else one.value = value;
      one.dispatchEvent(new Event("input", { bubbles: true }));
      one.dispatchEvent(new Event("change", { bubbles: true }));
    });
    fields[state.focus]?.focus({ preventScroll: true });
    const [left, top] = state.scroll;
    const scroll = () => scrollTo({ left, top, behavior: "instant" });
    scroll();
    addEventListener("load", scroll, { once: true }); // what is loaded late may make the page longer
  }

  /* --- what is wrong: always as text, never as markup ------------------------------------------------------------ */

  function part(name, text) {
    const element = document.createElement(name === "line" ? "pre" : "p");
    element.className = `kith-${name}`;
    element.textContent = text;
    return element;
  }

  function overlay(troubles, more) {
    const all = JSON.stringify([troubles, more]);
    if (all === told) return;
    told = all;
    document.getElementById("kith-troubles")?.remove();
    const said = JSON.stringify(troubles);
    if (troubles.length === 0) dismissed = "";
    if (troubles.length === 0 || said === dismissed) return;
    const box = document.createElement("section");
    box.id = "kith-troubles";
    box.setAttribute("role", "alert");
    box.setAttribute("aria-label", "What is wrong in the notes");
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Hide";
    close.addEventListener("click", () => { dismissed = said; box.remove(); });
    box.append(close);
    for (const one of troubles) {
      const item = document.createElement("div");
      if (one.place) item.append(part("place", one.place));
      item.append(part("message", one.message));
      if (one.line) item.append(part("line", one.line));
      if (one.hint) item.append(part("hint", one.hint));
      box.append(item);
    }
    if (more) box.append(part("more", more));
    document.body.append(box);
  }

  /* --- the line to the server ------------------------------------------------------------------------------------ */

  function listen() {
    if (source !== null) return;
    source = new EventSource(`/__kith/events?page=${page}`);
    source.addEventListener("message", (message) => {
      const state = JSON.parse(message.data);
      if (state.shows === shows) {
        overlay(state.troubles, state.more);
        return;
      }
      hush();
      keep();
      location.reload();
    });
  }

  function hush() {
    source?.close();
    source = null;
  }

  restore();
  document.addEventListener("visibilitychange", () => (document.hidden ? hush() : listen()));
  addEventListener("pagehide", hush);
  addEventListener("pageshow", () => { if (!document.hidden) listen(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector("#kith-troubles button")?.click();
  });
})();
