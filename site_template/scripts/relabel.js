/* Re-labels what is due by the reader's own clock, and regroups Today by it: a page built on Sunday is read on Tuesday.
   Says the same words as tool/kith/followups/agenda.py (when_words) and tool/kith/pages/today.py. */
(function () {
  "use strict";
  const DAY = 86400000;
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
  const clock = new Date();
  const today = Date.UTC(clock.getFullYear(), clock.getMonth(), clock.getDate());

  /* Civil dates are compared as midnights in UTC, where no day has 23 hours. */
  function dayOf(iso) {
    const [year, month, day] = iso.split("-").map(Number);
    return Date.UTC(year, month - 1, day);
  }

  function longDate(time) {
    const date = new Date(time);
    const year = date.getUTCFullYear() === clock.getFullYear() ? "" : ` ${date.getUTCFullYear()}`;
    return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}${year}`;
  }

  function number(count) {
    return NUMBERS[count] || String(count);
  }

  function counted(count, one, many) {
    return `${number(count)} ${count === 1 ? one : many}`;
  }

  function upperFirst(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  function days(count) {
    return count === 1 ? "1 day" : `${count} days`;
  }

  function stateOf(due, weight) {
    return due < today && weight < 3 ? "overdue" : due === today ? "today" : "upcoming";
  }

  function wordsFor(due, weight) {
    const left = Math.round((due - today) / DAY);
    if (left < 0) return weight === 3 ? `since ${longDate(due)}` : `${days(-left)} late`;
    return left === 0 ? "today" : left === 1 ? "tomorrow" : `in ${days(left)}`;
  }

  function relabel() {
    for (const time of document.querySelectorAll("time[data-due]")) {
      const due = dayOf(time.dateTime);
      const weight = Number(time.dataset.weight);
      time.dataset.state = stateOf(due, weight);
      time.querySelector(".words").textContent = wordsFor(due, weight);
      const task = time.closest("[data-task]");
      if (task) task.dataset.state = time.dataset.state;
    }
  }

  function dueTime(task) {
    return task.querySelector("time[data-due]");
  }

  function isDue(task) {
    return dayOf(dueTime(task).dateTime) <= today;
  }

  /* Within one person: what has become due leaves the line that stands for the rest. */
  function openDue(person) {
    const more = person.querySelector("details.more");
    if (!more) return;
    for (const task of more.querySelectorAll("[data-task]")) {
      if (isDue(task)) person.querySelector(":scope > .tasks").append(task);
    }
    const left = [...more.querySelectorAll("[data-task]")];
    if (left.length === 0) {
      more.remove();
      return;
    }
    const first = longDate(Math.min(...left.map((task) => dayOf(dueTime(task).dateTime))));
    const count = left.length;
    more.querySelector("summary").textContent = upperFirst(`${number(count)} more, ${count === 1 ? "" : "next "}${first}`);
  }

  function groupOf(person, horizon) {
    const tasks = [...person.querySelectorAll("[data-task]")];
    const due = tasks.filter(isDue);
    if (due.length > 0) return String(Math.min(...due.map((task) => Number(dueTime(task).dataset.weight))));
    const first = Math.min(...tasks.map((task) => dayOf(dueTime(task).dateTime)));
    return first <= today + horizon * DAY ? "soon" : "later";
  }

  function peopleIn(group) {
    const all = [...group.querySelectorAll("[data-person]")];
    const people = all.filter((person) => person.querySelector("h3 a")).length;
    const words = people === 0 ? [] : [`${people} ${people === 1 ? "person" : "people"}`];
    return [...words, ...(people < all.length ? ["your list"] : [])].join(", and ");
  }

  function regroup(horizon) {
    const groups = [...document.querySelectorAll("[data-group]")];
    const people = groups.flatMap((group) => [...group.querySelectorAll("[data-person]")]);
    for (const person of people) {
      openDue(person);
      const from = person.closest("[data-group]");
      const to = groups.find((group) => group.dataset.group === groupOf(person, horizon));
      if (to !== from) to.append(person);
    }
    for (const group of groups) {
      group.hidden = group.querySelector("[data-person]") === null;
      group.querySelector(".count").textContent = peopleIn(group);
    }
  }

  function things(count) {
    return `${upperFirst(counted(count, "thing is", "things are"))}`;
  }

  function recount(page) {
    const states = [...page.querySelectorAll("[data-task] time[data-due]")].map((time) => time.dataset.state);
    const late = states.filter((state) => state === "overdue").length;
    const now = states.filter((state) => state === "today").length;
    let words = "Nothing is due today.";
    if (late > 0 && now > 0) words = `${things(late)} late and ${number(now)} ${now === 1 ? "is" : "are"} for today.`;
    else if (late > 0) words = `${things(late)} late.`;
    else if (now > 0) words = `${things(now)} for today.`;
    page.querySelector("[data-counts]").textContent = words;
  }

  function sayAge(page) {
    const age = Math.round((today - dayOf(page.dataset.built)) / DAY);
    if (age < 3) return;
    const line = document.createElement("p");
    const command = document.createElement("span");
    const code = document.createElement("code");
    line.className = "stale";
    command.className = "cmd";
    code.textContent = "kith build";
    command.append(code);
    line.append(`This page was built ${days(age)} ago. What you have written since is not on it yet. `, command);
    page.querySelector(".standfirst").after(line);
  }

  relabel();
  const page = document.querySelector("[data-built]");
  if (page && dayOf(page.dataset.built) !== today) {
    regroup(Number(page.dataset.horizon));
    recount(page);
    sayAge(page);
    for (const past of page.querySelectorAll("[data-until]")) past.hidden = dayOf(past.dataset.until) < today;
  }
})();
