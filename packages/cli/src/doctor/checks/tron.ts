import { failed, type Finding, fine, unknown, warning } from "@lucid/platform/checks";
import type { ChainPort } from "@lucid/tron";
import type { DoctorContext } from "../context.ts";

const MOST_BEHIND_MS = 60_000;
const FIX = "see TRON_ENDPOINTS and TRON_API_KEY";

/** Whether every endpoint answers, for the right chain, with a fresh block. */
export const checkTron = async ({
  profile,
  io,
}: Pick<DoctorContext, "profile" | "io">): Promise<Finding> => {
  if (profile === null) return fine("TRON_NETWORK is none: the books are kept, nobody is paid");
  const { createChain } = await import("@lucid/tron/tronweb");
  const heads: string[] = [];
  for (const endpoint of profile.endpoints) {
    const { host } = new URL(endpoint.full);
    const chain = createChain(profile, endpoint, { timeoutMs: 4000 });
    const found = await judgeEndpoint(chain, profile.genesisBlockId, io.clock.now());
    if (found.state !== "ok") return { ...found, detail: `${host}: ${found.detail}` };
    heads.push(`${host} ${found.detail}`);
  }
  if (heads.length < 2)
    return warning(
      `${heads.join(", ")}; it is the only endpoint`,
      "name a second one, so that payouts expire without a person",
    );
  return fine(heads.join(", "));
};

const judgeEndpoint = async (
  chain: Pick<ChainPort, "genesisBlockId" | "head">,
  genesisBlockId: string,
  nowMs: number,
): Promise<Finding> => {
  const genesis = await chain.genesisBlockId();
  if (!genesis.ok) return unknown(genesis.reason, FIX);
  if (genesis.value !== genesisBlockId)
    return failed(`serves another chain, ${genesis.value}`, "see TRON_NETWORK and TRON_ENDPOINTS");
  const head = await chain.head();
  if (!head.ok) return unknown(head.reason, FIX);
  const ageMs = nowMs - head.value.timestampMs;
  if (Math.abs(ageMs) > MOST_BEHIND_MS)
    return failed(
      `its newest block is ${Math.round(ageMs / 1000)} s old`,
      "set this machine's clock, or use a node that is not behind",
    );
  return fine(`at block ${head.value.number}`);
};
