// What the server wrote on this page for the scripts: whose page it is, the texts in their language, pieces to copy.
const body = () => document.body.dataset;

// Whose page this is: {id, name}, or null where nobody is signed in.
export const owner = () => (body().person ? { id: body().person, name: body().personName } : null);

// The text of this name (components/phone_words.html), with {placeholders} filled in.
export function words(name, values = {}) {
  const text = document.getElementById("phone-words").dataset[name];
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

// A fresh copy of the <template> with this id.
export const piece = (id) => document.getElementById(id).content.cloneNode(true).firstElementChild;

// A moment on the site's wall clock, as the server prints it: 11-22 09:05.
export function moment(when) {
  const style = { timeZone: body().zone, month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const parts = new Intl.DateTimeFormat("en-GB", style).formatToParts(new Date(when));
  const { month, day, hour, minute } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${month}-${day} ${hour}:${minute}`;
}
