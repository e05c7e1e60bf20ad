// <form data-confirm="sentence"> asks in a native dialog before it is sent.
import { ask, sheet } from "./ask.js";

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const words = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!words || !sheet() || form.dataset.confirmed) return delete form.dataset.confirmed;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await ask(words))) return undefined;
  form.dataset.confirmed = "yes";
  return form.requestSubmit(event.submitter);
}, { capture: true });
