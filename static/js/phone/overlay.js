// A page shows each job as the server knew it when the page was made. Over that lies what the person has done since: the status
// as it will be, marked as saved on this phone only, and the forms that fit it. Every tab shows the same.
import { ownedBy, wordsWait } from "./entries.js";
import { owner, piece, words } from "./page.js";

const isOf = (element) => (entry) => entry.chain === `job:${element.dataset.job}`;
const isNewerThan = (version) => ({ answer }) => answer?.verdict === "applied" && answer.version > version;

// The status a job has for this person: {status, left, unsent}.
export function standing(element, entries) {
  const version = Number(element.dataset.version);
  const since = entries.filter(isOf(element)).filter((entry) => wordsWait(entry) || isNewerThan(version)(entry));
  const status = since.findLast(({ ends }) => ends)?.ends ?? element.dataset.status;
  return { status, left: since.some(({ leaves }) => leaves), unsent: since.some(wordsWait) };
}

export function paintJobs(entries) {
  const person = owner();
  if (!person) return;
  const mine = ownedBy(person.id, entries);
  for (const element of document.querySelectorAll("[data-job]")) {
    const now = standing(element, mine);
    paintStatus(element, now);
    if (element.id === "job") paintForms(element, now);
  }
}

function paintStatus(element, { status, unsent }) {
  const spot = element.querySelector("[data-badge]");
  const drawn = document.getElementById(`status-${status}`);
  if (!spot || !drawn) return;
  if (spot.dataset.badge !== status) {
    spot.replaceChildren(drawn.content.cloneNode(true));
    spot.dataset.badge = status;
  }
  const mark = element.querySelector("[data-unsent]");
  if (unsent && !mark) spot.after(piece("unsent-mark"));
  if (!unsent) mark?.remove();
  const next = element.querySelector("[data-next]");
  if (next && element.dataset.status !== status) next.querySelector("span").textContent = drawn.dataset.next || words("look");
}

function paintForms(job, { status, left }) {
  job.querySelectorAll("template[data-later]").forEach((later) => later.replaceWith(later.content));
  const fits = (element) => (left ? element.hasAttribute("data-left") : element.dataset.starts.split(" ").includes(status));
  const fitting = [...job.querySelectorAll("[data-starts]")].filter((element) => {
    element.hidden = !fits(element);
    return !element.hidden;
  });
  raise(job, fitting);
}

// The likeliest of the one-tap forms (the last one that fits) stands in the bar within reach of the thumb; the rest do not.
function raise(job, fitting) {
  const last = fitting.filter((element) => element.matches("[data-bar]")).at(-1);
  for (const element of job.querySelectorAll("[data-bar]")) {
    const raised = element === last;
    element.classList.toggle("act-bar", raised);
    if (element.matches("div")) element.hidden = !raised;
    element.querySelector("button")?.classList.toggle("button-primary", raised);
    element.querySelector("button")?.classList.toggle("button-big", raised);
  }
}
