// Throwing an entry away, for a week not for good. What was ever tried may have arrived although no answer came back: then the
// server is asked first, and from then on refuses every late copy.
import { freshId } from "../shared/fresh_id.js";
import { restore, withdraw, withdrawUntried } from "./entries.js";
import { sendWithdrawal } from "./sending.js";

// Answers "withdrawn", "applied" (it had arrived before, and stays so), or why it cannot be done now: "network", "sign_in", "server".
export async function discard(entry) {
  const now = await withdrawUntried(entry);
  if (!now || now.state === "withdrawn") return "withdrawn";
  const { outcome, answer } = await sendWithdrawal(now);
  if (outcome !== "verdict") return outcome;
  if (answer.verdict === "withdrawn") await withdraw(now);
  return answer.verdict;
}

export const undo = (entry) => restore(entry, freshId());
