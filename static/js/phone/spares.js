// Spares: a second copy of every entry that is not settled, with its photos, in another kind of storage. A browser that finds its
// IndexedDB damaged empties it whole; Chromium does so after being killed in the middle of a write (decision 9). A spare may be
// older than its entry: the server knows an entry by its id and says again what it has said.
const CACHE = "unsent";
const FOLDER = "/phone/unsent/";

const cache = async () => caches.open(CACHE);
const addressOf = ({ sequence }) => FOLDER + sequence;
const photoOf = (entry, number) => `${addressOf(entry)}/${number}`;
const placeOf = ({ url }) => Number(url.split(FOLDER)[1].split("/")[0]);

// A spare of this entry. Where there is no room for two, or no such storage, the one in the database has to do.
export async function spare(entry, photos) {
  try {
    const kept = await cache();
    for (const [number, bytes] of photos.entries()) if (bytes) await kept.put(photoOf(entry, number), new Response(bytes));
    await kept.put(addressOf(entry), new Response(JSON.stringify(entry)));
  } catch (error) {
    console.warn("There is no second copy.", error);
  }
}

// The spares there are, as {entry, photos}, one after the other in the order of the entries. One that cannot be read is left out.
export async function* spares() {
  const kept = await cache().catch(() => null);
  const places = new Set(((await kept?.keys()) ?? []).map(placeOf));
  for (const sequence of [...places].sort((one, other) => one - other)) {
    const spare = await read(kept, { sequence }).catch(() => null);
    if (spare) yield spare;
  }
}

async function read(kept, place) {
  const entry = await (await kept.match(addressOf(place))).json();
  const photos = await Promise.all(entry.photos.map(async (_, number) => (await kept.match(photoOf(place, number)))?.arrayBuffer()));
  return { entry, photos };
}

export async function dropSpare({ sequence }) {
  const kept = await cache();
  await dropWhere(kept, await kept.keys(), (place) => place === sequence);
}

// Drops the spares of all but the entries that `open()` answers; asked after we have looked which there are, so that those of
// entries that come meanwhile stay. Nothing is dropped where it does not know.
export async function keepSparesOf(open) {
  const kept = await cache();
  const there = await kept.keys();
  const entries = await open();
  if (!entries) return;
  const places = new Set(entries.map(({ sequence }) => sequence));
  await dropWhere(kept, there, (place) => !places.has(place));
}

const dropWhere = (kept, addresses, isOver) =>
  Promise.all(addresses.filter((address) => isOver(placeOf(address))).map((address) => kept.delete(address)));

// Answers whether there were any.
export const dropSpares = async () => caches.delete(CACHE);
