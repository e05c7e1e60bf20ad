// One tap, one event. A form that is on its way is not sent again, and the same words sent again (after a lost answer, after
// the back button) carry the same event_id and moment, so that the server does it once. Other words are another event.
import { freshId } from "./fresh_id.js";

const OWN = new Set(["csrf_token", "event_id", "happened_at", "sent_at"]);
const sent = new WeakMap(); // form → the words it was last sent with

function words(form, submitter) {
  const written = [...new FormData(form, submitter)].filter(([name]) => !OWN.has(name));
  return JSON.stringify(written.map(([name, value]) => [name, value.name ? [value.name, value.size, value.lastModified] : value]));
}

function stamp(form, submitter) {
  const now = words(form, submitter);
  if (sent.get(form) === now) return;
  const { event_id: id } = form.elements;
  if (id && (sent.has(form) || !id.value)) id.value = freshId();
  if (id) unseen(form, "happened_at").value = new Date().toISOString();
  sent.set(form, now);
}

// The hidden field of this name; pages need not carry what is empty until now.
function unseen(form, name) {
  return form.elements[name] ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
}

function rest(form) {
  delete form.dataset.busy;
  for (const element of form.elements) element.removeAttribute("aria-busy"); // also a button that stands outside the form
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.getAttribute("method")?.toLowerCase() !== "post") return;
  if (form.dataset.busy) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  stamp(form, event.submitter);
  if (form.elements.event_id) unseen(form, "sent_at").value = new Date().toISOString(); // tells the server how wrong our clock is
  form.dataset.busy = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
}, { capture: true });

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  if (ctx.sourceElement.matches("form")) rest(ctx.sourceElement); // what else in a form asked for something has not sent it
});
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-busy]").forEach(rest));
