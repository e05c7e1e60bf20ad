// Photos as they are kept: small enough for a weak signal, upright, as bytes. A picture the browser cannot read (HEIC on some)
// is kept as it is: it is evidence all the same, and the server can read it.
const LONGEST_SIDE = 1600; // pixels; also far below the size at which phones draw black pictures without saying so
const QUALITY = 0.8;
const SMALL_ENOUGH = 60_000; // bytes

// The chosen file as {name, type, bytes: ArrayBuffer}.
export async function shrunk(file) {
  if (file.type.startsWith("image/") && file.size > SMALL_ENOUGH) {
    const picture = await smaller(file).catch(() => null);
    if (picture && picture.size < file.size) {
      return { name: file.name.replace(/\.\w+$/, "") + ".jpg", type: "image/jpeg", bytes: await picture.arrayBuffer() };
    }
  }
  return { name: file.name, type: file.type, bytes: await file.arrayBuffer() };
}

async function smaller(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const [width, height] = [bitmap.width, bitmap.height].map((side) => Math.round(side * scale));
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas.getContext("2d").drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const picture = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  canvas.width = canvas.height = 0; // phones are slow to give the memory back
  return picture;
}

export async function sha256(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// What an entry says of its photos.
export const manifestOf = (photos) => Promise.all(photos.map(async ({ field, name, type, bytes }) =>
  ({ field, name, type, size: bytes.byteLength, sha256: await sha256(bytes), state: "waiting" })));

// An image element of these bytes.
export function picture({ bytes, type, name }) {
  const image = Object.assign(new Image(), { src: URL.createObjectURL(new Blob([bytes], { type })), alt: name });
  image.addEventListener("load", () => URL.revokeObjectURL(image.src), { once: true });
  return image;
}
