import vectors from "../../../../vectors/credits.json" with { type: "json" };
import { fromHex } from "../bytes.ts";
import { afterOutcome, reputation, REPUTATION_START } from "../reputation.ts";
import { measurePresence } from "../settlement/presence.ts";

type Path = (typeof vectors.reputation)[number];

export function recomputeCredits() {
  return {
    presence: vectors.presence.map((given) => {
      const evidence = { active: fromHex(given.active), present: fromHex(given.accepted) };
      const known = given.last_time === undefined ? {} : { last_time: given.last_time };
      const presence = measurePresence(
        given.slots,
        { ...evidence, ...known },
        fromHex(given.excused),
      );
      return { ...given, ...presence, credits: presence.present * given.uptime_beacon };
    }),
    reputation: vectors.reputation.map(recomputePath),
  };
}

function recomputePath(given: Path) {
  let evidence = { alpha: REPUTATION_START, beta: REPUTATION_START };
  const path = given.path.map(({ outcome }) => {
    evidence = afterOutcome(evidence, outcome as "success" | "failure", given.lambda);
    return { outcome, ...evidence, reputation: reputation(evidence) };
  });
  return { ...given, path };
}
