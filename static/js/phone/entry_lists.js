// The lists of entries on a page: <section data-entries="open | settled | refused | new"> (data-chain narrows it to one job).
// A card is drawn anew only when it would look different, and never under the fingers of somebody who is mending it.
import { entryCard, faceOf, mend } from "./entry_card.js";
import { isSettled, ownedBy } from "./entries.js";
import { owner } from "./page.js";

const LISTED = {
  open: (entry) => !isSettled(entry),
  settled: isSettled,
  refused: ({ state }) => state === "refused",
  new: (entry) => entry.action === "register" && !isSettled(entry),
};

export async function paintEntries(entries) {
  const lists = document.querySelectorAll("[data-entries]");
  if (!lists.length || !owner()) return;
  const mine = ownedBy(owner().id, entries);
  for (const list of lists) await paintList(list, mine);
}

async function paintList(list, mine) {
  const { entries: which, chain } = list.dataset;
  const shown = mine.filter(LISTED[which]).filter((entry) => !chain || entry.chain === chain);
  if (which === "settled") shown.reverse();
  const cards = list.querySelector("[data-cards]");
  const known = new Map([...cards.children].map((card) => [card.dataset.sequence, card]));
  const wanted = [];
  for (const entry of shown) wanted.push(await cardFor(entry, known.get(String(entry.sequence))));
  const isSame = wanted.length === cards.children.length && wanted.every((card, at) => card === cards.children[at]);
  if (!isSame) cards.replaceChildren(...wanted);
  list.hidden = !shown.length && list.hasAttribute("data-hides");
  list.querySelector("[data-none]")?.toggleAttribute("hidden", shown.length > 0);
  wanted.filter((card) => card.dataset.opens !== undefined).forEach((card) => openOnce(card, mine));
}

async function cardFor(entry, before) {
  const face = faceOf(entry);
  const isMended = before?.dataset.mending !== undefined && entry.state === "refused";
  if (before && (before.dataset.face === face || isMended)) return before;
  const card = await entryCard(entry);
  Object.assign(card.dataset, { sequence: entry.sequence, face });
  if (entry.state === "refused" && entry.answer?.code === "invalid") card.dataset.opens = "";
  return card;
}

// Where something typed is wrong, the fields are open already.
function openOnce(card, mine) {
  delete card.dataset.opens;
  mend(card, mine.find(({ sequence }) => String(sequence) === card.dataset.sequence));
}
