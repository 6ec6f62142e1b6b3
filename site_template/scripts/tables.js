/* Makes tables sortable and gives them filters. A table is complete without it. */
(function () {
  "use strict";

  function fold(text) {
    return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
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

  function makeSortable(table) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const descending = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", descending ? "descending" : "ascending");
        sort(table, column, descending);
      });
    });
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

  function makeFilters(table) {
    const rows = [...table.tBodies[0].rows];
    const form = document.createElement("form");
    const input = document.createElement("input");
    const output = document.createElement("output");
    form.className = "filters ruled";
    form.setAttribute("aria-label", "Narrow the table");
    input.type = "search";
    form.append(labelled("Anything in a row", input));
    for (const [key, text] of Object.entries(table.dataset)) {
      if (!key.startsWith("filter")) continue;
      const choice = makeChoice(rows, key.slice(6).toLowerCase(), text);
      if (choice) form.append(choice);
    }
    form.append(output);
    const folded = rows.map((row) => fold(row.textContent));

    function apply() {
      const words = fold(input.value).split(/\s+/).filter(Boolean);
      const wanted = [...form.querySelectorAll("select")].filter((select) => select.value);
      let count = 0;
      rows.forEach((row, index) => {
        const fits = words.every((word) => folded[index].includes(word))
          && wanted.every((select) => valuesOf(row, select.name).includes(select.value));
        row.hidden = !fits;
        count += fits ? 1 : 0;
      });
      output.textContent = `${count} ${count === 1 ? table.dataset.one : table.dataset.many}`;
    }

    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();
    table.parentElement.before(form);
  }

  for (const table of document.querySelectorAll("table[data-table]")) {
    makeSortable(table);
    if (Object.keys(table.dataset).some((key) => key.startsWith("filter"))) makeFilters(table);
  }
})();
