// Spares: a second copy of every entry that is not settled, with its photos, in another kind of storage. A browser that finds its
// IndexedDB damaged empties it whole; Chromium does so after being killed in the middle of a write (decision 9). A spare may be
// older than its entry: the server knows an entry by its id and says again what it has said.
const CACHE = "unsent";
const FOLDER = "/phone/unsent/";
const PATIENCE = 3_000; // milliseconds; a tap is not kept waiting for longer

const cache = async () => caches.open(CACHE);
const addressOf = ({ sequence }) => FOLDER + sequence;
const photoOf = (entry, number) => `${addressOf(entry)}/${entry.id}/${number}`;
const pathOf = ({ url }) => new URL(url).pathname;
const placeOf = (address) => Number(pathOf(address).slice(FOLDER.length).split("/")[0]);

// A spare of this entry. Where there is no room for two, or no such storage, the one in the database has to do.
export async function spare(entry, photos) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  await Promise.race([write(entry, photos).catch((error) => console.warn("There is no second copy.", error)), late]);
}

async function write(entry, photos) {
  const kept = await cache();
  for (const [number, bytes] of photos.entries()) if (bytes) await kept.put(photoOf(entry, number), new Response(bytes));
  await kept.put(addressOf(entry), new Response(JSON.stringify(entry)));
}

// The spares there are, as {entry, photos}, one after the other in the order of the entries. What is torn is left out.
export async function* spares() {
  const kept = await cache();
  const places = new Set((await kept.keys()).map(placeOf));
  for (const sequence of [...places].sort((one, other) => one - other)) {
    const found = await read(kept, addressOf({ sequence })).catch(() => null);
    if (found) yield found;
  }
}

async function read(kept, address) {
  const entry = await (await kept.match(address)).json();
  const bytesOf = async (number) => (await kept.match(photoOf(entry, number)))?.arrayBuffer();
  const photos = await Promise.all(entry.photos.map((_, number) => bytesOf(number).catch(() => undefined)));
  return { entry, photos };
}

// A spare that stays although it should not goes with the next look.
export async function dropSpare({ sequence }) {
  try {
    const kept = await cache();
    await dropWhere(kept, await kept.keys(), (place) => place === sequence);
  } catch (error) {
    console.warn("A second copy stays for now.", error);
  }
}

// Drops the spares of all but the entries that `open()` answers, and answers those that have none. `open` is asked after we have
// looked which there are, so that those of entries that come meanwhile stay; nothing is done where it does not know.
export async function keepSparesOf(open) {
  const kept = await cache();
  const there = await kept.keys();
  const entries = await open();
  if (!entries) return [];
  const places = new Set(entries.map(({ sequence }) => sequence));
  await dropWhere(kept, there, (place) => !places.has(place));
  const paths = new Set(there.map(pathOf));
  return entries.filter((entry) => !paths.has(addressOf(entry)));
}

const dropWhere = (kept, addresses, isOver) =>
  Promise.all(addresses.filter((address) => isOver(placeOf(address))).map((address) => kept.delete(address)));

// Answers whether there were any.
export const dropSpares = async () => caches.delete(CACHE);
