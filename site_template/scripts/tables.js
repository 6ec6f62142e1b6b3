/* Makes tables sortable and gives them filters, and keeps both in the address. A table is complete without it. */
(function () {
  "use strict";
  const MOST = 100; // rows shown until somebody asks for all: to lay out thousands takes longer than a keystroke may
  const address = new URLSearchParams(location.search);

  function fold(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  }

  /* The address says how the table stands, so that it stands so again for who comes back, reloads or keeps the link. */
  function remember(name, value) {
    if (value === (address.get(name) ?? "")) return;
    if (value) address.set(name, value);
    else address.delete(name);
    const query = String(address);
    try {
      history.replaceState(null, "", `${location.pathname}${query && "?"}${query}${location.hash}`);
    } catch {
      // some browsers forbid it to pages from the disk, others when it is done too often
    }
  }

  /* --- sorting ------------------------------------------------------------------------------------------------- */

  function keyOf(row, column) {
    const cell = row.cells[column];
    const key = cell.dataset.key ?? fold(cell.textContent.trim());
    return "numeric" in cell.dataset ? Number(key) : key;
  }

  function compare(a, b) {
    return typeof a === "number" ? a - b : a < b ? -1 : a > b ? 1 : 0;
  }

  function sort(table, column, descending) {
    const body = table.tBodies[0];
    const rows = [...body.rows].map((row) => [keyOf(row, column), row]);
    rows.sort(([a], [b]) => (a === "" || b === "" ? Number(a === "") - Number(b === "") : descending ? compare(b, a) : compare(a, b)));
    body.append(...rows.map(([, row]) => row));
  }

  function makeSortable(table, sorted) {
    const heads = [...table.tHead.rows[0].cells];
    const usual = heads.find((head) => head.ariaSort);

    function sortBy(head, descending) {
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      sort(table, heads.indexOf(head), descending);
      remember("sort", head === usual && !descending ? "" : (descending ? "-" : "") + head.textContent);
      sorted();
    }

    for (const head of heads) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sortBy(head, head.getAttribute("aria-sort") === "ascending"));
    }
    const [, down, name] = /^(-?)(.*)$/.exec(address.get("sort") ?? "");
    const chosen = heads.find((head) => head.textContent === name);
    if (chosen) sortBy(chosen, down === "-");
  }

  /* --- filters ------------------------------------------------------------------------------------------------- */

  function valuesOf(row, name) {
    return (row.dataset[name] || "").split("\n").filter(Boolean);
  }

  function labelled(text, control) {
    const label = document.createElement("label");
    label.append(text, control);
    return label;
  }

  function makeButton(text) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    return button;
  }

  function makeChoice(rows, name, text) {
    const values = [...new Set(rows.flatMap((row) => valuesOf(row, name)))].sort((a, b) => a.localeCompare(b));
    if (values.length < 2) return null;
    const select = document.createElement("select");
    select.name = name;
    select.append(new Option("any", ""), ...values.map((value) => new Option(value, value)));
    const label = labelled(text, select);
    label.className = "pick";
    return label;
  }

  /* Returns what is to be done when the rows have changed their order. */
  function makeFilters(table) {
    const body = table.tBodies[0];
    const form = document.createElement("form");
    const input = document.createElement("input");
    const output = document.createElement("output");
    const clear = makeButton("Clear");
    const all = makeButton("");
    form.className = "filters ruled";
    form.setAttribute("aria-label", "Narrow the table");
    input.type = "search";
    input.name = "words";
    form.append(labelled("Anything in a row", input));
    for (const [key, text] of Object.entries(table.dataset)) {
      if (!key.startsWith("filter")) continue;
      const choice = makeChoice([...body.rows], key.slice(6).toLowerCase(), text);
      if (choice) form.append(choice);
    }
    form.append(output, clear);
    all.className = "all";
    const folded = new Map([...body.rows].map((row) => [row, fold(row.textContent)]));
    const controls = [input, ...form.querySelectorAll("select")];
    let most = MOST;

    function apply() {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      const wanted = controls.slice(1).filter((select) => select.value);
      let count = 0;
      for (const row of body.rows) {
        const fits = words.every((word) => folded.get(row).includes(word))
          && wanted.every((select) => valuesOf(row, select.name).includes(select.value));
        if (row.hidden === fits) row.hidden = !fits;
        count += fits ? 1 : 0;
        row.toggleAttribute("data-beyond", fits && count > most);
      }
      output.textContent = `${count} ${count === 1 ? table.dataset.one : table.dataset.many}`;
      clear.hidden = controls.every((control) => !control.value);
      all.hidden = count <= most;
      all.textContent = `Show all ${count}`;
    }

    form.addEventListener("input", () => {
      apply();
      for (const control of controls) remember(control.name, control.value);
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    clear.addEventListener("click", () => {
      for (const control of controls) control.value = "";
      form.dispatchEvent(new Event("input"));
      input.focus();
    });
    all.addEventListener("click", () => {
      const next = body.querySelector("[data-beyond] a");
      most = Infinity;
      apply();
      if (next) next.focus();
    });
    for (const control of controls) {
      control.value = address.get(control.name) ?? "";
      if (control.selectedIndex === -1) control.value = ""; // what the address wants is no longer there
    }
    apply();
    table.parentElement.before(form);
    table.parentElement.after(all);
    return apply;
  }

  for (const table of document.querySelectorAll("table[data-table]")) {
    const hasFilters = Object.keys(table.dataset).some((key) => key.startsWith("filter"));
    makeSortable(table, hasFilters ? makeFilters(table) : () => {});
  }
})();
