/* The field of search: a shortcut, and on first use the script that finds. Without it the field leads to a page that
   lists everything. */
(function () {
  "use strict";
  const form = document.querySelector("form.find");
  const input = form.querySelector("input");
  let loaded = false;

  function load() {
    if (loaded) return;
    loaded = true;
    const script = document.createElement("script");
    script.src = `${form.dataset.root}scripts/results.js`;
    document.head.append(script);
  }

  const hint = document.createElement("kbd");
  hint.textContent = /Mac|iP/.test(navigator.platform) ? "⌘ K" : "Ctrl K";
  hint.setAttribute("aria-hidden", "true");
  form.append(hint);
  input.setAttribute("aria-keyshortcuts", "Control+K Meta+K");
  input.addEventListener("focus", load);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });
  if (document.querySelector("[data-results]") && location.search) load();
})();
