// Spares: a second copy of every entry that is not settled, with its photos, in another kind of storage. A browser that finds its
// IndexedDB damaged empties it whole; Chromium does so after being killed in the middle of a write (decision 9). A spare may be
// older than its entry: the server knows an entry by its id and says again what it has said.
const CACHE = "unsent";
const ADDRESS = "/phone/unsent/";

const cache = async () => caches.open(CACHE);
const addressOf = (id) => ADDRESS + id;

// A spare of this entry. Where there is no room for two, or no such storage, the one in the database has to do.
export async function spare(entry, photos) {
  const form = new FormData();
  form.append("entry", JSON.stringify(entry));
  for (const bytes of photos) form.append("photo", new Blob(bytes ? [bytes] : []));
  await cache().then((kept) => kept.put(addressOf(entry.id), new Response(form))).catch(() => {});
}

export const dropSpare = async (id) => (await cache()).delete(addressOf(id));

// The spares there are, as [{entry, photos}], in the order of the entries.
export async function spares() {
  const kept = await cache();
  const found = await Promise.all((await kept.keys()).map(async (address) => read(await (await kept.match(address)).formData())));
  return found.sort((one, other) => one.entry.sequence - other.entry.sequence);
}

async function read(form) {
  const photos = await Promise.all(form.getAll("photo").map((photo) => (photo.size ? photo.arrayBuffer() : undefined)));
  return { entry: JSON.parse(form.get("entry")), photos };
}

// Drops the spares of all but the entries whose ids `open()` answers; asked after we have looked which there are, so that those of
// entries that come meanwhile stay. Nothing is dropped where it does not know.
export async function keepSparesOf(open) {
  const kept = await cache();
  const there = await kept.keys();
  const ids = await open();
  if (!ids) return;
  const addresses = new Set(ids.map(addressOf));
  const others = there.filter(({ url }) => !addresses.has(new URL(url).pathname));
  await Promise.all(others.map((address) => kept.delete(address)));
}

// Answers whether there were any.
export const dropSpares = async () => caches.delete(CACHE);
