// The net below: a form of the phone pages sent by the browser itself, because the page's script did not come or was still on
// its way. It becomes an entry all the same.
import { drain } from "../phone/delivery.js";
import { add } from "../phone/entries.js";
import { current } from "../phone/person.js";
import { sha256 } from "../phone/photos.js";
import { freshId } from "../shared/fresh_id.js";

const ACTION = /^\/phone\/jobs\/([0-9a-f-]{36})\/([a-z]+)$/;
const OUTBOX = "/phone/outbox";
const STAMPS = new Set(["csrf_token", "event_id", "happened_at", "sent_at", "seen"]);

export function isEntry({ pathname }, actions) {
  return pathname === "/phone/hand-over" || actions.includes(ACTION.exec(pathname)?.[2]);
}

// Kept as an entry, and answered by the outbox; where the phone cannot keep it, the network has it as it was sent.
export async function keep(event, url) {
  const untouched = event.request.clone();
  try {
    const person = await current();
    if (!person) return fetch(untouched);
    const { entry, bytes } = await entryOf(await event.request.formData(), url, person);
    await add(entry, bytes);
    event.waitUntil(drain());
    return Response.redirect(OUTBOX, 303);
  } catch {
    return fetch(untouched);
  }
}

async function entryOf(form, url, person) {
  const [, job, action = "register"] = ACTION.exec(url.pathname) ?? [];
  const fields = [...form].filter(([name, value]) => typeof value === "string" && !STAMPS.has(name));
  const files = [...form].filter(([, value]) => typeof value !== "string" && value.size);
  const bytes = await Promise.all(files.map(([, file]) => file.arrayBuffer()));
  const photos = await Promise.all(files.map(async ([field, { name, type, size }], number) =>
    ({ field, name, type, size, sha256: await sha256(bytes[number]), state: "waiting" })));
  const id = freshId();
  const entry = {
    id, person: person.id, chain: job ? `job:${job}` : `new:${id}`, action, label: "", place: "",
    url: url.pathname, fields, questions: [], photos, seen: form.get("seen") ?? "",
    happened_at: new Date().toISOString(), ends: "", leaves: false, schema: 1, state: "waiting", tries: 0, server_errors: 0,
    first_try: null, last_try: null, last_error: null, answer: null, replaces: null, done_at: null,
  };
  return { entry, bytes };
}
