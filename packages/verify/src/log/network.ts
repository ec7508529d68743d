import { networkId, parseGenesis, ProtocolError } from "@lucid/protocol";
import type { BlockNetwork, Genesis } from "@lucid/protocol";
import type { Source } from "../source.ts";
import { LogError } from "./log-error.ts";

const PATH = "network.json";
const MAX_BYTES = 65_536;

/** The genesis of a source, compared with the network id (hex) that the caller knows. */
export async function readNetwork(source: Source, pinned?: string): Promise<BlockNetwork> {
  const bytes = await source.read(PATH, { maxBytes: MAX_BYTES });
  if (bytes === null) {
    const detail = `${source.name} has no ${PATH}: this is not the folder or address of a log`;
    throw new LogError("network_missing", { path: PATH }, detail);
  }
  const genesis = parse(bytes);
  const id = networkId(genesis);
  if (pinned !== undefined && pinned !== id) {
    const detail = `this is the log of network ${id}, not of ${pinned}`;
    throw new LogError("network_id", { path: PATH }, detail);
  }
  return { genesis, networkId: id };
}

/** People may have laid the file out; its id is over the canonical form. */
function parse(bytes: Uint8Array): Genesis {
  try {
    return parseGenesis(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch (error) {
    const isFile = error instanceof SyntaxError || error instanceof TypeError;
    if (!isFile && !(error instanceof ProtocolError)) throw error;
    const detail = `${PATH} is no genesis: ${error.message}`;
    throw new LogError("network", { path: PATH }, detail, { cause: error });
  }
}
