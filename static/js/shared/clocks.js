// Running clocks count on between two answers of the server, in the words of the page's language.
const MINUTE = 60_000;
const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function span(milliseconds, words) {
  const all = Math.floor(Math.abs(milliseconds) / MINUTE);
  const [days, hours, minutes] = [Math.floor(all / 1440), Math.floor(all / 60) % 24, all % 60];
  return fill(days ? words.days : hours ? words.hours : words.minutes, { days, hours, minutes });
}

function tick() {
  const words = document.getElementById("clock-words").dataset;
  for (const clock of document.querySelectorAll(".clock[data-due]")) {
    const left = new Date(clock.dataset.due) - Date.now();
    if (clock.dataset.warn && Date.now() >= new Date(clock.dataset.warn)) clock.dataset.near = "";
    clock.dataset.state = left < 0 ? "late" : "running";
    clock.querySelector(".clock-text").textContent = fill(left < 0 ? words.late : words.left, { time: span(left, words) });
  }
}

setInterval(() => document.hidden || tick(), 30_000);
document.addEventListener("visibilitychange", () => document.hidden || tick());
