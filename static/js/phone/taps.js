// Fingers tremble and tap twice. For a moment after a tap nothing moves on the page, so that the second tap cannot fall on
// something else that has slipped under it.
const MOMENT = 400; // milliseconds
let last = 0;

export const tapped = () => (last = Date.now());
export const calm = () => new Promise((resolve) => setTimeout(resolve, Math.max(0, last + MOMENT - Date.now())));
