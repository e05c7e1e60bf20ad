// The worker of the phone pages, where the browser has such a thing: not over plain http.
export const registration = () =>
  navigator.serviceWorker?.register("/sw.js", { scope: "/phone/", type: "module", updateViaCache: "none" });
