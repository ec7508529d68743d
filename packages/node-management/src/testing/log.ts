import type { AppendRequest } from "@lucid/api";
import {
  type BlockHeader,
  checkpointText,
  decodeBody,
  encodeBlockEntry,
  headerHash,
  leafHash,
  nextHeader,
  rootOfHashes,
  signHeader,
  signNote,
  toHex,
} from "@lucid/protocol";
import type { SendSlots, SendVerdict } from "../sealing/send.ts";
import type { Network } from "../shared/network.ts";
import { testSeed } from "./network.ts";

export type TestLog = {
  readonly send: SendSlots;
  /** What a truthful block-manager does with a request. */
  readonly append: (request: AppendRequest) => SendVerdict;
  readonly headers: readonly BlockHeader[];
  readonly bodies: readonly Uint8Array[];
  /** Every request that arrived. */
  readonly requests: readonly AppendRequest[];
  /** What to answer instead; null for the truth. */
  answer: ((request: AppendRequest) => SendVerdict | null) | null;
};

/** A log in memory that appends as block-manager does, with the keys of the test network. */
export const createTestLog = (network: Network): TestLog => {
  const headers: BlockHeader[] = [];
  const bodies: Uint8Array[] = [];
  const hashes: Uint8Array[] = [];
  const requests: AppendRequest[] = [];

  const append = ({ slots }: AppendRequest): SendVerdict => {
    for (const { slot, body, ...draft } of slots) {
      const height = slot - network.genesis.first_slot;
      const parent = headers[height - 1] ?? null;
      const header = nextHeader(network, parent, { ...draft, body: decodeBody(body) });
      const known = headers[height];
      if (header.slot !== slot)
        return { outcome: "refused", code: "blocks.order", detail: `slot ${header.slot} is next` };
      if (known !== undefined && headerHash(known) !== headerHash(header))
        return { outcome: "refused", code: "blocks.conflict", detail: `slot ${slot} differs` };
      if (known !== undefined) continue;
      headers.push(header);
      bodies.push(body.slice());
      hashes.push(leafHash(encodeBlockEntry(signHeader(header, testSeed("network")))));
    }
    return { outcome: "appended", answer: { blocks: slots.map(toBlock), checkpoint: sign() } };
  };
  const toBlock = ({ slot }: { slot: number }) => {
    const height = slot - network.genesis.first_slot;
    return { height, slot, header_hash: headerHash(headers[height] as BlockHeader) };
  };
  const sign = () => {
    const origin = network.genesis.log_origin;
    const root = rootOfHashes(hashes);
    const text = checkpointText({ origin, size: hashes.length, root });
    const { signature } = signNote(text, { name: origin, seed: testSeed("log") });
    return { size: hashes.length, root: toHex(root), signature: toHex(signature), note: text };
  };

  const log: TestLog = {
    append,
    headers,
    bodies,
    requests,
    answer: null,
    send: async (request) => {
      requests.push(request);
      return log.answer?.(request) ?? append(request);
    },
  };
  return log;
};
