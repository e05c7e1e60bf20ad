// Draws what the phone knows over what the server drew, again whenever something changes in this tab, in another or in the worker.
import { refreshJob } from "./aftermath.js";
import { onChange } from "./changes.js";
import { photosOf, put } from "./chosen.js";
import { all } from "./entries.js";
import { paintEntries } from "./entry_lists.js";
import { paintOutbox } from "./outbox_page.js";
import { paintJobs } from "./overlay.js";
import { paintStatus } from "./status.js";
import { calm } from "./taps.js";

const PAUSE = 250; // milliseconds between two drawings, while hundreds of entries are on their way
let painting = null;
let again = false;

export function paint() {
  again = painting !== null;
  painting ??= paintAll().finally(() => (painting = null));
  return painting;
}

async function paintAll() {
  do {
    await calm();
    again = false;
    const entries = await all();
    for (const one of [paintJobs, paintStatus, paintEntries, paintOutbox, refreshJob]) await one(entries);
    if (again) await new Promise((resolve) => setTimeout(resolve, PAUSE));
  } while (again);
}

export function watchScreen() {
  onChange(paint);
  for (const change of ["online", "offline", "pageshow"]) window.addEventListener(change, paint);
  document.addEventListener("htmx:after:swap", () => {
    document.querySelectorAll("form[data-entry]").forEach((form) => put(form, photosOf(form)));
    paint();
  });
}
