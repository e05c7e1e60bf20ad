// <select data-choose="Type to search"> becomes a field to type into, with a list below it (the combobox of the ARIA practices).
// The select stays, hidden, and is what the form sends. Names in the other language and codes (data-also) are found too.
const MOST = 12;

function matches(select, typed) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const text = (option) => `${option.text} ${option.parentElement.label ?? ""} ${option.dataset.also ?? ""}`.toLowerCase();
  return [...select.options].filter((option) => option.value && words.every((word) => text(option).includes(word))).slice(0, MOST);
}

function lineFor(option, id) {
  const line = document.createElement("li");
  Object.assign(line, { id, textContent: option.text });
  line.setAttribute("role", "option");
  line.setAttribute("aria-selected", "false");
  line.dataset.value = option.value;
  const group = Object.assign(document.createElement("span"), { className: "choices-group", textContent: option.parentElement.label ?? "" });
  line.append(" ", group);
  return line;
}

function chooser(select) {
  const input = Object.assign(document.createElement("input"), { className: "input", type: "text", autocomplete: "off" });
  const list = Object.assign(document.createElement("ul"), { className: "choices", id: `${select.id}-choices`, hidden: true });
  const shown = () => (select.value ? select.selectedOptions[0].text : "");
  const active = () => list.querySelector("[aria-selected=true]");
  const set = (element, attributes) => Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));

  function mark(line) {
    active()?.setAttribute("aria-selected", "false");
    line?.setAttribute("aria-selected", "true");
    line?.scrollIntoView({ block: "nearest" });
    if (line) input.setAttribute("aria-activedescendant", line.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function open() {
    list.replaceChildren(...matches(select, input.value === shown() ? "" : input.value).map((o, n) => lineFor(o, `${list.id}-${n}`)));
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(input.value && input.value !== shown() ? list.firstElementChild : null);
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(null);
  }

  function pick(value) {
    const changed = select.value !== value;
    select.value = value;
    input.value = shown();
    close();
    if (changed) select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  const keys = {
    ArrowDown: () => (list.hidden ? open() : mark(active()?.nextElementSibling ?? list.firstElementChild)),
    ArrowUp: () => mark(active()?.previousElementSibling ?? list.lastElementChild),
    Enter: () => active() && pick(active().dataset.value),
    Escape: () => { input.value = shown(); close(); },
  };

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || !(event.key in keys)) return;
    if (event.key !== "Escape" || !list.hidden) event.preventDefault();
    keys[event.key]();
  });
  input.addEventListener("input", open);
  input.addEventListener("blur", () => pick(input.value.trim() ? active()?.dataset.value ?? select.value : ""));
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const line = event.target.closest("[role=option]");
    if (line) pick(line.dataset.value);
  });

  set(input, { id: `${select.id}-search`, role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", placeholder: select.dataset.choose, "data-choose-input": "" });
  set(list, { role: "listbox", "aria-label": select.labels[0].textContent.trim() });
  if (select.hasAttribute("aria-describedby")) input.setAttribute("aria-describedby", select.getAttribute("aria-describedby"));
  if (select.hasAttribute("aria-invalid")) input.setAttribute("aria-invalid", "true");
  input.value = shown();
  for (const label of select.labels) label.htmlFor = input.id;
  select.hidden = true;
  select.after(input, list);
}

export function enhance() {
  document.querySelectorAll("select[data-choose]:not([hidden])").forEach(chooser);
}
