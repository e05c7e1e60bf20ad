// The photos chosen in a form so far, shown below their field. They are kept here and in the draft, and the field is emptied:
// a second look through the camera adds to them.
import { Refused } from "./not_saved.js";
import { piece, words } from "./page.js";
import { picture, shrunk } from "./photos.js";

const MOST_PHOTOS = 12; // of one entry; the server takes no more
const chosen = new WeakMap(); // form → [{field, name, type, bytes}]
const underWay = new WeakMap(); // form → the promise that all chosen ones are there

export const photosOf = (form) => chosen.get(form) ?? [];
const areReady = (form) => underWay.get(form) ?? Promise.resolve();

// The form's photos, once all of them are there. Throws Refused where they are too many.
export async function readyPhotos(form) {
  await areReady(form);
  const photos = photosOf(form);
  if (photos.length > MOST_PHOTOS) throw new Refused(words("tooMany", { number: MOST_PHOTOS }));
  return photos;
}

export function put(form, photos) {
  chosen.set(form, photos);
  for (const input of form.querySelectorAll("input[type=file]")) draw(form, input);
}

// Takes the files out of this field. Answers when they are among the form's photos.
export function take(input) {
  const { form, name: field } = input;
  const files = [...input.files];
  input.value = "";
  const taking = areReady(form).then(async () => {
    for (const file of files) {
      const photo = { field, ...(await shrunk(file)) };
      put(form, [...photosOf(form), photo]); // as they are by now: one may have been removed meanwhile, or all been sent
    }
  });
  underWay.set(form, taking);
  return taking;
}

function draw(form, input) {
  const list = listBelow(input);
  const here = photosOf(form).filter(({ field }) => field === input.name);
  list.replaceChildren(...here.map((photo, number) => thumbnail(form, photo, number)));
  list.hidden = !here.length;
}

function listBelow(input) {
  const known = input.parentElement.querySelector(":scope > .chosen");
  if (known) return known;
  const list = piece("chosen-photos");
  input.after(list);
  return list;
}

function thumbnail(form, photo, number) {
  const line = piece("chosen-photo");
  line.prepend(picture({ ...photo, alt: "" }));
  const button = line.querySelector("button");
  button.setAttribute("aria-label", words("removePhoto", { number: number + 1 }));
  button.addEventListener("click", () => {
    put(form, photosOf(form).filter((one) => one !== photo));
    form.dispatchEvent(new Event("change", { bubbles: true })); // the draft is another one now
  });
  return line;
}
