// The line on every phone page: what waits, what was not accepted, when something last arrived, and what is in the way. Also the
// number on the app's icon.
import { note } from "./database.js";
import { counts } from "./entries.js";
import { moment, words } from "./page.js";
import { current } from "./person.js";

export async function paintStatus(entries) {
  const line = document.getElementById("status-words");
  if (!line) return;
  const person = await current();
  const count = await counts(person?.id, entries);
  const trouble = navigator.onLine === false ? "network" : await note("trouble");
  const sentences = await sentencesFor(count, trouble);
  write(line, sentences.join(" · "));
  line.hidden = false;
  line.dataset.tone = count.refused || count.attention ? "bad" : count.waiting ? "warn" : trouble === "network" ? "calm" : "";
  document.getElementById("status-sign-in").hidden = !(trouble === "sign_in" && count.waiting);
  badge(count.waiting + count.refused);
}

async function sentencesFor({ waiting, refused, attention }, trouble) {
  const deliveredAt = await note("delivered_at");
  const said = [];
  if (refused) said.push(words("refused", { number: refused }));
  if (attention) said.push(words("attention", { number: attention }));
  if (waiting) said.push(words("waiting", { number: waiting }));
  if (trouble === "network") said.push(words("noSignal"));
  else if (trouble === "server" && waiting) said.push(words("serverIll"));
  if (!waiting && !refused) said.push(deliveredAt ? words("allSent", { time: moment(deliveredAt) }) : words("nothingWaits"));
  return said;
}

// A live region is only touched when there is something new to say.
function write(line, text) {
  const spot = line.querySelector("span");
  if (spot.textContent !== text) spot.textContent = text;
}

function badge(number) {
  if (!navigator.setAppBadge) return;
  const set = number ? navigator.setAppBadge(number) : navigator.clearAppBadge();
  set.catch(() => {}); // only installed apps have an icon to write on
}
