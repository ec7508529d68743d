import type { SealedSlot } from "@lucid/api";
import { bodyRoot, headerHash } from "@lucid/protocol";
import type { BlockHeader, Genesis } from "@lucid/protocol";
import type { Store } from "../store/index.ts";
import type { AppendedBlock, AppendRefusal } from "./contract.ts";
import { refuse } from "./refusal.ts";
import { openBody } from "./slot-body.ts";

/** The blocks that slots of the log's past have become, or that one of them says something else now. */
export async function findBlocks(
  store: Store,
  slots: readonly SealedSlot[],
  pause: () => Promise<void>,
): Promise<{ ok: true; blocks: AppendedBlock[] } | AppendRefusal> {
  const { genesis } = store.network;
  const blocks: AppendedBlock[] = [];
  const from = (slots[0]?.slot ?? genesis.first_slot) - genesis.first_slot;
  for await (const { entry } of store.entries(from, from + slots.length)) {
    const { header } = entry;
    const difference = firstDifference(genesis, header, slots[blocks.length] as SealedSlot);
    if (difference !== null) {
      const detail = `slot ${header.slot} stands in the log with another ${difference}`;
      return refuse("blocks.conflict", detail, { slot: header.slot });
    }
    blocks.push({ height: header.height, slot: header.slot, headerHash: headerHash(header) });
    await pause();
  }
  return { ok: true, blocks };
}

function firstDifference(genesis: Genesis, header: BlockHeader, sealed: SealedSlot): string | null {
  const fields = ["observed", "backlog", "policy_hash", "sealed_at"] as const;
  const differing = fields.find((field) => header[field] !== sealed[field]);
  if (differing !== undefined) return differing;
  const opened = openBody(genesis, sealed);
  return opened.ok && bodyRoot(opened.body) === header.body_root ? null : "body";
}
