/* Adds a Copy button to every command and letter. Without it one click selects the whole command. */
(function () {
  "use strict";
  const live = document.createElement("p");
  live.className = "unseen";
  live.setAttribute("role", "status");

  /* Where the clipboard may not be written (an old browser, a page from the disk), the selection is copied instead. */
  function copySelected(code) {
    getSelection().selectAllChildren(code);
    return document.execCommand("copy");
  }

  async function copy(code) {
    try {
      await navigator.clipboard.writeText(code.textContent);
      return true;
    } catch {
      return copySelected(code);
    }
  }

  function addButton(code, word, label) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = word;
    if (label) button.setAttribute("aria-label", label);
    button.addEventListener("click", async () => {
      const done = await copy(code);
      button.textContent = done ? "Copied" : "Selected";
      live.textContent = done ? "Copied" : "Selected, not copied";
      setTimeout(() => { button.textContent = word; live.textContent = ""; }, 2000);
    });
    code.after(button);
  }

  const commands = document.querySelectorAll(".cmd > code");
  const letters = document.querySelectorAll(".letter > .text");
  if (commands.length + letters.length > 0) document.querySelector("main").append(live);
  commands.forEach((code) => addButton(code, "Copy", `Copy the command: ${code.textContent}`));
  letters.forEach((text) => addButton(text, "Copy the letter", ""));
})();
