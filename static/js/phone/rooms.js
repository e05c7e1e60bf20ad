// The hand-over screen finds a room and its people without a signal, too: when the server does not answer, the directory on this
// phone does, with the very fragments the server would draw (pieces: templates/phone/_room_pieces.html).
import { note } from "./database.js";
import { piece } from "./page.js";
import { step, unitsLike } from "./room_lookup.js";

const PATIENCE = 3_000; // milliseconds
const words = () => document.getElementById("room-words").dataset;
const addressOf = (chosen) => `/phone/hand-over?${new URLSearchParams(chosen)}`;

export function watchRooms() {
  document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
    if (ctx.sourceElement.closest("#place-choice")) ctx.fetch = ask;
  });
}

async function ask(url, options) {
  const answer = navigator.onLine === false ? null : await ofServer(url, options);
  if (answer) return answer;
  const { pathname, searchParams } = new URL(url, location);
  const directory = await note("directory");
  if (!directory) return new Response(null, { status: 204 });
  const found = foundBy(Object.fromEntries(searchParams), directory);
  return new Response((pathname.endsWith("/found") ? found : placeWith(found, searchParams)).outerHTML);
}

async function ofServer(url, options) {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([fetch(url, options), late]).catch(() => null);
  options.signal?.throwIfAborted(); // something else has been typed meanwhile
  return answer?.ok && answer.status !== 204 ? answer : null;
}

// #place-choice as it is, with another room and what belongs to it.
function placeWith(found, chosen) {
  const place = document.getElementById("place-choice").cloneNode(true);
  place.querySelector("[name=room]").setAttribute("value", chosen.get("room") ?? "");
  place.querySelector("#found").replaceWith(found);
  return place;
}

// #found: the unit with its people, several units to choose from, or the way to it by taps.
function foundBy(chosen, directory) {
  const found = document.getElementById("found").cloneNode(false);
  const units = unitsLike(chosen.room ?? "", directory);
  if (units.length === 1) found.append(...unitPieces(units[0]));
  else if (units.length) found.append(piece("room-which"), choices(words().which, units.map(({ label }) => [label, { room: label }])));
  else {
    const { asks, answers, back } = step(chosen, directory);
    if (chosen.room) found.append(piece("room-unknown"));
    found.append(Object.assign(piece("room-question"), { textContent: words()[asks] }), choices(words()[asks], answers, back));
  }
  found.append(caller(units.length === 1 ? (units[0].people[chosen.resident] ?? units[0].people[0]) : undefined));
  return found;
}

function unitPieces({ label, building, entrance, floor, people }) {
  const line = piece("room-unit");
  const way = [building.name, entrance && words().wayEntrance.replace("{name}", entrance), words().wayFloor.replace("{number}", floor)];
  line.querySelector("[data-label]").textContent = label;
  line.querySelector("[data-way]").textContent = way.filter(Boolean).join(" · ");
  return people.length > 1 ? [line, peoplePiece(label, people)] : [line];
}

function peoplePiece(label, people) {
  const row = piece("room-people");
  row.append(...people.map(([name, , tenure], number) => {
    const link = choice("room-person", name, { room: label, resident: number });
    link.querySelector("[data-tenure]").textContent = tenure;
    return link;
  }));
  return row;
}

function choices(question, answers, back = null) {
  const row = piece("room-choices");
  row.setAttribute("aria-label", question);
  if (back) row.append(choice("room-back", "", back));
  row.append(...answers.map(([label, chosen]) => choice("room-choice", label, chosen)));
  return row;
}

function choice(template, label, chosen) {
  const link = piece(template);
  link.prepend(label);
  link.setAttribute("href", addressOf(chosen));
  link.setAttribute("hx-get", addressOf(chosen));
  return link;
}

// The fold with name and number, filled in for this person where the room has one.
function caller([name = "", phone = ""] = []) {
  const fold = document.getElementById("caller").cloneNode(true);
  fold.querySelector("[name=caller_name]").setAttribute("value", name);
  fold.querySelector("[name=caller_phone]").setAttribute("value", phone);
  fold.querySelector("summary .clip").textContent = `${name} ${phone}`;
  return fold;
}
