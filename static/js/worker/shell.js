// What every phone page is drawn with, in one cache for each build: all of it or nothing.
import { putNote } from "../phone/database.js";

const HASH = /\.[0-9a-f]{10}(?=\.\w+$)/;
export const shellOf = (build) => `shell-${build}`;

export async function fillShell(build, addresses) {
  const cache = await caches.open(shellOf(build));
  await cache.addAll(addresses.map((address) => new Request(address, { cache: "reload" })));
}

// The shell before this one stays until the next update: pages kept on the phone still name its files.
export async function takeOver(build) {
  const others = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== shellOf(build));
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  await putNote("build", build);
  await self.clients.claim();
}

// A file from whichever cache has it; else from the network; else the file that has taken its place in the present shell.
export async function asset(request, build) {
  const kept = await caches.match(request.url);
  if (kept) return kept;
  try {
    return await fetch(request);
  } catch (error) {
    const successor = await successorOf(new URL(request.url).pathname, build);
    if (successor) return successor;
    throw error;
  }
}

async function successorOf(path, build) {
  const shell = await caches.open(shellOf(build));
  const same = (await shell.keys()).find(({ url }) => new URL(url).pathname.replace(HASH, "") === path.replace(HASH, ""));
  return same && shell.match(same);
}
