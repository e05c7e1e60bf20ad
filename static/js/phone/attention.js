// When nothing else helps: all that lies unsent on this phone as one file, which the centre can load. Its format is written down
// in docs/offline.md.
import { isSettled, of, photosOf } from "./entries.js";
import { phoneId } from "./phone_id.js";

const FORMAT = "yingda-outbox-1";
const EXPORTED = ["id", "sequence", "schema", "chain", "replaces", "action", "label", "place", "url", "fields", "seen",
  "happened_at", "state", "tries", "first_try", "last_error", "answer"];

export async function exportFile(person) {
  const mine = await of(person.id);
  const entries = [];
  for (const entry of mine.filter((one) => !isSettled(one))) entries.push(await exported(entry, mine));
  const outbox = {
    format: FORMAT, person: { id: person.id, name: person.name ?? "" }, phone: await phoneId(),
    made_at: new Date().toISOString(), entries,
  };
  return new File([JSON.stringify(outbox)], `yingda-outbox-${outbox.made_at.slice(0, 10)}.json`, { type: "application/json" });
}

async function exported(entry, mine) {
  const before = mine.findLast(({ chain, sequence }) => chain === entry.chain && sequence < entry.sequence);
  const bytes = await photosOf(entry);
  const photos = await Promise.all(entry.photos.map(async (photo, number) =>
    ({ ...photo, bytes: bytes[number] ? await base64(bytes[number]) : null })));
  return { ...Object.fromEntries(EXPORTED.map((key) => [key, entry[key] ?? null])), after: before?.id ?? "", photos };
}

function base64(bytes) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([bytes]));
  });
}

export function download(file) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(file), download: file.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
