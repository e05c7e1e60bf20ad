// The register page by keyboard: a caller fills the form with one tap, a category suggests kind and department, Ctrl+Enter
// sends. Without any of it the links, lists and buttons still work.
import { enhance } from "./choose.js";

const form = () => document.getElementById("registration");
const NAMES = ["caller_phone", "caller_name", "resident_id", "unit"];

function fill(link) {
  const known = new URL(link.href).searchParams;
  const { elements } = form();
  for (const name of NAMES) if (known.get(name)) elements[name].value = known.get(name);
  elements.unit.dispatchEvent(new Event("change", { bubbles: true }));
  (elements.unit.value ? document.querySelector("[data-choose-input]") ?? elements.category_id : elements.unit).focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-fill]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  fill(link);
});

function pickFirst(event) {
  const first = document.querySelector("#beside a[data-fill]");
  if (!first) return;
  event.preventDefault();
  fill(first);
}

function send(event) {
  const within = event.target.closest?.("[data-stroke]") ?? form();
  event.preventDefault();
  form().requestSubmit(within.querySelector("[data-stroke-button]"));
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing) return;
  if (event.ctrlKey || event.metaKey) send(event);
  else if (event.target.name === "caller_phone") pickFirst(event);
});

// Whoever writes another name means another person.
document.addEventListener("input", ({ target, isTrusted }) => {
  if (isTrusted && target.name === "caller_name") form().elements.resident_id.value = "";
});

document.addEventListener("change", ({ target }) => {
  if (target.name !== "category_id") return;
  const { kind, target: department } = target.selectedOptions[0]?.dataset ?? {};
  const { elements } = form();
  if (kind) elements.kind.value = kind;
  if (department && elements.target) elements.target.value = department;
});

document.addEventListener("htmx:after:swap", enhance);
enhance();
