import { decode, networkId, parseGenesis, ProtocolError } from "@lucid/protocol";
import type { BlockNetwork } from "@lucid/protocol";
import type { Disk } from "../disk/index.ts";
import { NETWORK } from "../store/index.ts";
import type { Findings } from "./findings.ts";

/** The network of a directory; null when its genesis document is not there or is not what it was. */
export async function checkIdentity(
  disk: Disk,
  findings: Findings,
  expected: string | undefined,
): Promise<BlockNetwork | null> {
  const bytes = await disk.read(NETWORK);
  if (bytes === null) {
    findings.add(NETWORK, "missing", "the genesis document");
    return null;
  }
  try {
    const genesis = parseGenesis(decode(bytes));
    const network = { genesis, networkId: networkId(genesis) };
    if (expected === undefined || network.networkId === expected) return network;
    findings.add(
      NETWORK,
      "damaged",
      `it is that of network ${network.networkId}, not of ${expected}`,
    );
    return null;
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    findings.add(
      NETWORK,
      "damaged",
      `it is no genesis document in canonical form: ${error.message}`,
    );
    return null;
  }
}
