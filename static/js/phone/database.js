// The phone's own database. It is opened, used and closed each time: phones end the storage of an app they put to sleep, and a
// connection kept from before is dead from then on. A later version of it may add stores, never change or remove one.
import { dropSpares } from "./spares.js";

const NAME = "yingda";
const VERSION = 1;
const PATIENCE = 8_000; // milliseconds until storage that does not answer counts as broken
const FIRST = Date.UTC(2026, 0); // numbers begin with the seconds since then
const WORTH_A_SECOND_TRY = new Set(["InvalidStateError", "UnknownError"]);

function addStores(database) {
  const missing = (name) => !database.objectStoreNames.contains(name);
  if (missing("entries")) {
    const entries = database.createObjectStore("entries", { keyPath: "sequence", autoIncrement: true });
    entries.createIndex("id", "id", { unique: true });
    countFrom(entries, Math.max(0, Math.floor((Date.now() - FIRST) / 1000)));
  }
  ["photos", "drafts", "notes"].filter(missing).forEach((name) => database.createObjectStore(name));
}

// A database that takes the place of one the browser has emptied goes on counting behind it.
function countFrom(store, number) {
  store.add({ sequence: number, id: "" });
  store.delete(number);
}

async function open() {
  try {
    return await opened(VERSION);
  } catch (error) {
    if (error.name !== "VersionError") throw error;
    return opened(); // a newer page has been here: it has added stores, and left ours
  }
}

function opened(version) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(NAME, version);
    const late = setTimeout(() => reject(new DOMException("The storage does not answer.", "UnknownError")), PATIENCE);
    opening.onupgradeneeded = () => addStores(opening.result);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      clearTimeout(late);
      opening.result.onversionchange = () => opening.result.close(); // a newer page wants to add a store
      resolve(opening.result);
    };
  });
}

// What an IDBRequest answers.
export function answer(asked) {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

function ended(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new DOMException("The storage gave up.", "AbortError"));
  });
}

async function once(names, mode, work, durability) {
  const database = await open();
  try {
    const transaction = database.transaction(names, mode, { durability });
    const end = ended(transaction);
    end.catch(() => {}); // told below, unless `work` failed first
    const stores = Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)]));
    try {
      const result = await work(stores);
      await end;
      return result;
    } catch (error) {
      if (!transaction.error) tryToAbort(transaction);
      await end.catch(() => {});
      throw transaction.error ?? error;
    }
  } finally {
    database.close();
  }
}

function tryToAbort(transaction) {
  try {
    transaction.abort();
  } catch {
    // it has ended already
  }
}

// Runs `work({store, …})` in one transaction over these stores, and answers once it has ended: all of it happened, or nothing.
async function transact(names, ...how) {
  const stores = [names].flat();
  try {
    return await once(stores, ...how);
  } catch (error) {
    const hasRoomNow = error?.name === "QuotaExceededError" && stores.includes("entries") && (await makeRoom().catch(() => false));
    if (!hasRoomNow && !WORTH_A_SECOND_TRY.has(error?.name)) throw error;
    return once(stores, ...how);
  }
}

// A full phone has no room for spares, unless they are all there is. Answers whether some went.
const makeRoom = async () => (await once(["notes"], "readonly", ({ notes }) => answer(notes.get("whole")))) && dropSpares();

export const reading = (names, work) => transact(names, "readonly", work);
// "strict": it is on the disk before we say "saved". "relaxed", what can be learnt once more, is there by the next strict one.
export const writing = (names, work, durability = "strict") => transact(names, "readwrite", work, durability);

// Notes: single values under a name, as "person", "phone", "beat".
export const note = (key) => reading("notes", ({ notes }) => answer(notes.get(key)));
export const putNotes = (values) => writing("notes", ({ notes }) =>
  Promise.all(Object.entries(values).map(([key, value]) => answer(notes.put(value, key)))));
export const putNote = (key, value) => putNotes({ [key]: value });
export const dropNote = (key) => writing("notes", ({ notes }) => answer(notes.delete(key)));
