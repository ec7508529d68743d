import { toHex } from "../bytes.ts";
import type { Block } from "../chain/block.ts";
import { headerCodec } from "../chain/protobuf.ts";
import type { Store } from "../store/store.ts";
import { withoutDefaults } from "./proto-json.ts";
import { includedToJson } from "./transaction-json.ts";

/** A block as `/wallet/getblock…` shows it; the genesis block has no `number`, as zeros are left out. */
export function blockToJson(block: Block, store: Store, detail = true) {
  const { raw_data: raw, witness_signature: signature } = headerCodec.decode(block.header);
  return {
    blockID: block.id,
    block_header: {
      raw_data: withoutDefaults({
        number: Number(raw.number),
        txTrieRoot: toHex(raw.txTrieRoot),
        witness_address: toHex(raw.witness_address),
        parentHash: toHex(raw.parentHash),
        version: raw.version,
        timestamp: Number(raw.timestamp),
      }),
      witness_signature: toHex(signature),
    },
    ...(detail
      ? withoutDefaults({
          transactions: store.transactions(block.number, block.number + 1).map(includedToJson),
        })
      : {}),
  };
}
