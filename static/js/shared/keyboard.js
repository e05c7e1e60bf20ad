// data-shortcut="n" presses its element at that key, or puts the cursor into it. ? lists them all. Keys typed into fields, with
// Ctrl, Alt or Meta, or while a Chinese word is being composed belong to the person.
const FIELDS = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const shortcuts = () => [...document.querySelectorAll("[data-shortcut]")].filter((element) => element.checkVisibility?.() ?? true);

function meaning(element) {
  return element.dataset.shortcutWords ?? element.getAttribute("aria-label") ?? (element.querySelector(".button-label") ?? element).textContent;
}

function showHelp() {
  const sheet = document.getElementById("help-sheet");
  const list = sheet.querySelector("[data-shortcut-list]");
  list.querySelectorAll("[data-listed]").forEach((line) => line.remove());
  for (const element of shortcuts()) {
    const [key, words] = [document.createElement("dt"), document.createElement("dd")];
    key.append(Object.assign(document.createElement("kbd"), { textContent: element.dataset.shortcut }));
    words.textContent = meaning(element).trim();
    for (const line of [key, words]) line.dataset.listed = "";
    list.append(key, words);
  }
  sheet.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.matches(FIELDS)) return event.key === "Escape" && event.target.blur();
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "?") return showHelp();
  const element = shortcuts().find(({ dataset }) => dataset.shortcut === event.key);
  if (!element) return;
  event.preventDefault();
  element.focus();
  if (element.matches(FIELDS)) element.select?.();
  else element.click();
});
