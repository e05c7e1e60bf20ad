// The phone reports for duty: what waits on it and how its storage is. The server answers with what belongs on this phone.
import { note, putNote } from "./database.js";
import { counts, isSettled, of } from "./entries.js";
import { phoneId, settleIn } from "./phone_id.js";

const PATIENCE = 20_000; // milliseconds

// The plan {user, name, build, pages, photos, directory}; or why there is none: "network", "sign_in", "server".
export async function report(person) {
  await settleIn();
  const answer = await asked(person).catch(() => null);
  if (!answer) return "network";
  if (answer.status === 401) return "sign_in";
  const plan = await answer.json().catch(() => ({}));
  if (!plan.user || !plan.pages) return answer.status === 429 || answer.status === 503 ? "network" : "server";
  await putNote("lost", null);
  return plan;
}

async function asked(person) {
  return fetch("/phone/check-in", {
    method: "POST", redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE),
    headers: { "Accept": "application/json", "X-Phone": await phoneId(), ...(person && { "X-Person": person.id }) },
    body: new URLSearchParams({ ...(await waiting(person)), ...(await storage()) }),
  });
}

async function waiting(person) {
  const mine = person ? await of(person.id) : [];
  const first = mine.find((entry) => !isSettled(entry));
  const { waiting, attention, refused } = await counts(person?.id);
  return { waiting, attention, refused, oldest: first?.happened_at ?? "", sent_at: new Date().toISOString() };
}

async function storage() {
  const yes = (is) => (is ? "yes" : "no");
  const persisted = await navigator.storage?.persisted?.();
  return {
    persisted: persisted === undefined ? "" : yes(persisted), lost: yes(await note("lost")),
    installed: yes(await note("installed")), build: (await note("build")) ?? "",
  };
}
