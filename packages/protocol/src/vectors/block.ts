import vectors from "../../../../vectors/block.json" with { type: "json" };
import {
  decodeBlockEntry,
  encodeBlockEntry,
  signHeader,
  verifyBlockEntry,
} from "../block/entry.ts";
import { headerHash, nextHeader, parseHeader } from "../block/header.ts";
import type { BlockHeader, BlockNetwork } from "../block/header.ts";
import { bodyProblem, linkProblem } from "../block/problems.ts";
import { decodeBody, encodeBody } from "../body/codec.ts";
import { fromHex, toHex, utf8 } from "../bytes.ts";
import { networkId, parseGenesis } from "../genesis.ts";
import { refusal } from "./outcome.ts";

const genesis = parseGenesis(vectors.network[0]?.genesis);
const network: BlockNetwork = { genesis, networkId: networkId(genesis) };
const seed = vectors.network[0]?.seed ?? "";

export function recomputeBlock() {
  return {
    network: [{ genesis, network_id: network.networkId, seed }],
    blocks: recomputeChain(),
    links: vectors.links.map(({ case: name, parent, header }) => {
      const before = parent === null ? null : parseHeader(parent);
      const problem = linkProblem(network, before, parseHeader(header));
      return { case: name, parent, header, code: problem?.code ?? null };
    }),
    bodies: vectors.bodies.map(({ case: name, header, body }) => {
      const problem = bodyProblem(parseHeader(header), decodeBody(fromHex(body)));
      return { case: name, header, body, code: problem?.code ?? null };
    }),
    signatures: vectors.signatures.map((given) => {
      const entry = { header: parseHeader(given.header), signature: given.signature };
      return { ...given, valid: verifyBlockEntry(entry, network.networkId, given.network_key) };
    }),
    refused_entries: vectors.refused_entries.map(({ case: name, entry }) => ({
      case: name,
      entry,
      code: refusal(() => decodeBlockEntry(utf8(entry))),
    })),
  };
}

function recomputeChain() {
  let parent: BlockHeader | null = null;
  return vectors.blocks.map(({ body, backlog, observed, policy_hash, sealed_at }) => {
    const leaves = decodeBody(fromHex(body));
    const facts = { backlog, observed, policy_hash, sealed_at };
    const header: BlockHeader = nextHeader(network, parent, { body: leaves, ...facts });
    parent = header;
    const entry = encodeBlockEntry(signHeader(header, fromHex(seed)));
    return {
      body: toHex(encodeBody(leaves)),
      ...facts,
      header: decodeBlockEntry(entry).header,
      header_hash: headerHash(header),
      entry: new TextDecoder().decode(entry),
    };
  });
}
