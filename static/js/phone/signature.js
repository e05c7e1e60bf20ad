// Signing with a finger: a pad below each hidden field called "signature", whose picture goes along among the words.
import { piece } from "./page.js";

const INK = "#14172b"; // dark on white paper, whatever the colours of the phone
const WIDTH = 4;

export function watchSignatures() {
  const setUp = () => document.querySelectorAll("form[data-entry] input[name=signature]").forEach(addPad);
  document.addEventListener("htmx:after:swap", setUp);
  setUp();
}

function addPad(field) {
  if (field.nextElementSibling?.matches(".signature")) return;
  const pad = piece("signature-pad");
  const canvas = pad.querySelector("canvas");
  const clear = () => {
    paper(canvas);
    field.value = "";
  };
  canvas.addEventListener("pointerdown", (event) => draw(canvas, event, field));
  pad.querySelector("button").addEventListener("click", clear);
  field.form.addEventListener("reset", clear);
  field.after(pad);
  clear();
}

function paper(canvas) {
  const pen = canvas.getContext("2d");
  Object.assign(pen, { fillStyle: "#fff", strokeStyle: INK, lineWidth: WIDTH, lineCap: "round", lineJoin: "round" });
  pen.fillRect(0, 0, canvas.width, canvas.height);
}

// One stroke, from finger down to finger up.
function draw(canvas, start, field) {
  const pen = canvas.getContext("2d");
  const scale = canvas.width / canvas.clientWidth;
  const lift = new AbortController();
  canvas.setPointerCapture(start.pointerId);
  pen.beginPath();
  pen.moveTo(start.offsetX * scale, start.offsetY * scale);
  canvas.addEventListener("pointermove", ({ offsetX, offsetY }) => {
    pen.lineTo(offsetX * scale, offsetY * scale);
    pen.stroke();
  }, { signal: lift.signal });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => {
      lift.abort();
      field.value = canvas.toDataURL("image/png");
    }, { signal: lift.signal });
  }
}
