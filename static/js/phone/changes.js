// Word of mouth between all tabs and the worker: something on this phone has changed. Two ends, because a channel does not
// hear itself, and the tab that made the change wants to know as well.
const [mouth, ear] = [new BroadcastChannel("yingda"), new BroadcastChannel("yingda")];

export const tell = (what = "entries") => mouth.postMessage(what);
export const onChange = (listener) => ear.addEventListener("message", ({ data }) => listener(data));
