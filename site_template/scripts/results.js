/* Finds and shows. search.js loads it when the field is first used; the index is a script too, since a page opened from
   the disk may not fetch. */
(function () {
  "use strict";
  const MOST = 12;
  const MOST_ON_PAGE = 200;
  const FIRST = 0x23; // the code of the sign of the first word
  const ANSWERS = 1; // the group of what was answered
  const AROUND = 60; // characters of an excerpt on either side of what was found
  const LETTERS = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i" };
  const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[\ud840-\ud88f]/;
  const WORD = /[\p{L}\p{N}]/u;
  const form = document.querySelector("form.find");
  const input = form.querySelector("input");
  const page = document.querySelector("[data-results]");
  let loading = null;
  let entries = [];
  let groups = [];
  let words = []; // every word of the texts, once, folded too, with the entries that hold it
  let chosen = -1;

  /* --- the index ----------------------------------------------------------------------------------------------- */

  function foldSign(sign) {
    const low = sign.toLowerCase();
    return LETTERS[low] || low.normalize("NFD").replace(/\p{M}/gu, "");
  }

  function fold(text) {
    return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(/[ßæœøłđðþı]/g, (sign) => LETTERS[sign]);
  }

  /* A text of the index is a sign for each word; tool/kith/pages/search.py (alphabet) says which. */
  function numberOf(sign) {
    const code = sign.codePointAt(0);
    return code < 0xd800 ? code - FIRST : code - FIRST - 0x2800;
  }

  function read(index) {
    const folded = new Map(); // of titles: questions that many were asked are few
    const foldOnce = (text) => folded.get(text) ?? folded.set(text, fold(text)).get(text);
    const known = new Map();
    const knowOnce = (word) => known.get(word) ?? known.set(word, { word, folded: fold(word), entries: [] }).get(word);
    groups = index.groups;
    entries = [];
    for (const part of index.parts) {
      const own = part.words.map(knowOnce); // what the signs of this part stand for
      const spell = (text) => [...text].map((sign) => own[numberOf(sign)].word).join(" ");
      const add = (group, title, address, about, text, all) => {
        const order = address.replace(/\.html$/, "");
        entries.push({ group, title, address, about, text, all, own, order, foldedTitle: foldOnce(title), foldedAbout: foldOnce(about) });
      };
      for (const [group, title, address, about, text, ...answers] of part.entries) {
        add(group, title, address, about, text, text + answers.join(""));
        for (let at = 0; at < answers.length; at += 2) {
          add(ANSWERS, spell(answers[at]), address, `${title}, ${about}`, answers[at + 1], answers[at + 1]);
        }
      }
    }
    words = [...known.values()];
    entries.sort((a, b) => a.group - b.group || (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
    entries.forEach((entry, number) => {
      for (const sign of entry.all) {
        const { entries: those } = entry.own[numberOf(sign)];
        if (those[those.length - 1] !== number) those.push(number);
      }
    });
  }

  function loadScript(name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = `${form.dataset.root}assets/${name}.js`;
      script.onload = resolve;
      script.onerror = () => reject(new Error("the index of this site is missing"));
      document.head.append(script);
    });
  }

  function load() {
    loading ??= loadScript("search-index").then(() => {
      const index = window.KITH_SEARCH;
      const parts = Array.from({ length: index.count }, (_, at) => loadScript(`search-index-${at + 1}`));
      return Promise.all(parts).then(() => read(index));
    });
    return loading;
  }

  /* --- finding ------------------------------------------------------------------------------------------------- */

  /* Where a word begins with `term`; scripts without spaces are searched anywhere. -1 where nowhere. */
  function find(text, term) {
    let at = text.indexOf(term);
    while (at > 0 && !UNSPACED.test(term[0]) && WORD.test(text[at - 1])) at = text.indexOf(term, at + 1);
    return at;
  }

  function scoreTerm(entry, term, inText) {
    const title = find(entry.foldedTitle, term);
    if (title === 0) return entry.foldedTitle.length === term.length ? 100 : 60;
    if (title > 0) return 40;
    if (find(entry.foldedAbout, term) >= 0) return 20;
    return inText ? 10 : 0;
  }

  /* Which entries have a word in their text that begins with `term`, by number. */
  function textsWith(term) {
    const found = new Uint8Array(entries.length);
    for (const word of words) {
      if (find(word.folded, term) >= 0) for (const number of word.entries) found[number] = 1;
    }
    return found;
  }

  /* The entries that have all words, the best first, of equals those of the first group. */
  function search(query) {
    const terms = fold(query).split(/\s+/).filter(Boolean);
    if (terms.length === 0) return { terms, found: [] };
    const inText = terms.map(textsWith);
    const byScore = new Map();
    entries.forEach((entry, number) => {
      let sum = 0;
      for (let at = 0; at < terms.length; at += 1) {
        const score = scoreTerm(entry, terms[at], inText[at][number]);
        if (score === 0) return;
        sum += score;
      }
      if (byScore.has(sum)) byScore.get(sum).push(entry);
      else byScore.set(sum, [entry]);
    });
    const scores = [...byScore.keys()].sort((a, b) => b - a);
    return { terms, found: scores.flatMap((score) => byScore.get(score)) };
  }

  /* --- showing ------------------------------------------------------------------------------------------------- */

  /* The text with what was found marked. Folding changes lengths, so every sign is folded by itself. */
  function marked(text, terms) {
    const signs = [...text];
    const starts = [];
    let folded = "";
    for (const sign of signs) {
      starts.push(folded.length);
      folded += foldSign(sign);
    }
    const marks = new Array(signs.length).fill(false);
    for (const term of terms) {
      const at = find(folded, term);
      if (at >= 0) starts.forEach((start, index) => { if (start >= at && start < at + term.length) marks[index] = true; });
    }
    const piece = document.createDocumentFragment();
    for (let index = 0; index < signs.length;) {
      let end = index;
      while (end < signs.length && marks[end] === marks[index]) end += 1;
      const words = signs.slice(index, end).join("");
      if (marks[index]) {
        const mark = document.createElement("mark");
        mark.textContent = words;
        piece.append(mark);
      } else piece.append(words);
      index = end;
    }
    return piece;
  }

  /* Some words around the first that was found. */
  function excerpt(entry, terms) {
    const { own } = entry;
    const numbers = [...entry.text].map(numberOf);
    const at = numbers.findIndex((number) => terms.some((term) => find(own[number].folded, term) >= 0));
    const spelt = numbers.map((number) => own[number].word);
    const text = spelt.join(" ");
    let hit = at <= 0 ? 0 : spelt.slice(0, at).join(" ").length + 1;
    if (at >= 0 && spelt[at].length > AROUND) { // a sentence of a script without spaces
      const { folded } = own[numbers[at]];
      const places = terms.map((term) => find(folded, term)).filter((place) => place >= 0);
      hit += Math.floor((Math.min(...places) / folded.length) * spelt[at].length);
    }
    let from = Math.max(hit - AROUND, 0);
    if (from > 0) from = text.indexOf(" ", from) + 1 || from;
    if (from > hit) from = hit;
    let to = from + 3 * AROUND;
    if (to < text.length) to = text.lastIndexOf(" ", to);
    if (to <= hit) to = from + 3 * AROUND;
    return (from > 0 ? "…" : "") + text.slice(from, to) + (to < text.length ? "…" : "");
  }

  function element(name, className, ...children) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  function makeHit(entry, terms) {
    const link = element("a", "", element("b", "", marked(entry.title, terms)), element("span", "meta", entry.about));
    const text = excerpt(entry, terms);
    if (text) link.append(element("span", "excerpt", marked(text, terms)));
    link.href = form.dataset.root + entry.address.split("/").map(encodeURIComponent).join("/");
    link.dir = "auto";
    return link;
  }

  function makeOption(link, number) {
    link.id = `hit-${number}`;
    link.tabIndex = -1;
    link.dataset.number = number;
    link.setAttribute("role", "option");
    link.setAttribute("aria-selected", "false");
    return link;
  }

  const list = element("div", "");
  list.id = "hits";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Results");
  const keys = element("p", "keys", element("kbd", "", "↑"), " ", element("kbd", "", "↓"), " choose \u2002", element("kbd", "", "Enter"), " open \u2002", element("kbd", "", "Esc"), " close");
  keys.setAttribute("aria-hidden", "true");
  const box = element("div", "hits", list, keys);
  box.hidden = true;
  const live = element("p", "unseen");
  live.setAttribute("role", "status");

  function show() {
    const { terms, found } = search(input.value);
    const shown = found.slice(0, MOST);
    const byGroup = groups.map((name, group) => [name, shown.filter((entry) => entry.group === group)]);
    byGroup.sort(([, a], [, b]) => (a.length ? shown.indexOf(a[0]) : MOST) - (b.length ? shown.indexOf(b[0]) : MOST));
    list.replaceChildren();
    let number = 0;
    for (const [name, some] of byGroup) {
      if (some.length === 0) continue;
      const head = element("h3", "", name);
      const group = element("div", "", head);
      head.id = `hits-${name.toLowerCase()}`;
      head.setAttribute("role", "presentation");
      group.setAttribute("role", "group");
      group.setAttribute("aria-labelledby", head.id);
      for (const entry of some) {
        group.append(makeOption(makeHit(entry, terms), number));
        number += 1;
      }
      list.append(group);
    }
    if (found.length > MOST) {
      const all = makeOption(element("a", "every", `All ${found.length} results`), number);
      all.href = `${form.action}?${new URLSearchParams({ q: input.value.trim() })}`;
      list.append(all);
    }
    const asked = terms.length > 0;
    open(asked && number > 0);
    live.textContent = asked ? (found.length === 1 ? "1 result" : `${found.length} results`) : "";
    choose(number > 0 ? 0 : -1);
  }

  function open(yes) {
    box.hidden = !yes;
    input.setAttribute("aria-expanded", String(yes));
    if (!yes) choose(-1);
  }

  function choose(number) {
    chosen = number;
    for (const hit of list.querySelectorAll("[role=option]")) {
      const is = Number(hit.dataset.number) === number;
      hit.setAttribute("aria-selected", String(is));
      if (is) hit.scrollIntoView({ block: "nearest" });
    }
    if (number < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", `hit-${number}`);
  }

  /* The page of its own shows all results in place of everything. */
  function showAll(query) {
    const { terms, found } = search(query);
    const items = found.slice(0, MOST_ON_PAGE).map((entry) => element("li", "", makeHit(entry, terms)));
    const words = found.length === 0 ? `Nothing holds “${query}”.` : found.length === 1 ? `One thing holds “${query}”.` : `${found.length} things hold “${query}”.`;
    const line = document.querySelector(".standfirst");
    line.textContent = words;
    page.replaceChildren(element("ul", "hits all", ...items));
    if (found.length > items.length) page.append(element("p", "few", `The first ${items.length} are shown; more words find fewer.`));
    for (const section of document.querySelectorAll("main section")) section.hidden = found.length > 0;
  }

  /* --- listening ----------------------------------------------------------------------------------------------- */

  function onKey(event) {
    const count = list.querySelectorAll("[role=option]").length;
    if (event.key === "Escape" && !box.hidden) {
      event.preventDefault();
      open(false);
    } else if (box.hidden || count === 0) {
      return;
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose((chosen + (event.key === "ArrowDown" ? 1 : -1) + count) % count);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.href = list.querySelector(`#hit-${chosen}`).href;
    }
  }

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", "hits");
  input.setAttribute("aria-autocomplete", "list");
  form.append(box, live);
  input.addEventListener("input", () => load().then(show, (error) => { live.textContent = error.message; }));
  input.addEventListener("keydown", onKey);
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) open(false); });
  box.addEventListener("mousedown", (event) => event.preventDefault());
  const query = page ? new URLSearchParams(location.search).get("q")?.trim() : "";
  if (query && !input.value) {
    input.value = query;
    load().then(() => showAll(query), () => {});
  } else load().then(() => { if (input.value) show(); }, () => {}); // what was typed before this script was there
})();
