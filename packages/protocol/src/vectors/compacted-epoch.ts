import vectors from "../../../../vectors/compacted-epoch.json" with { type: "json" };
import { decodeBody, encodeBody } from "../body/codec.ts";
import { fromHex, toHex } from "../bytes.ts";
import { createCompactor } from "../compaction/compactor.ts";
import { decodeCompactedEpoch, encodeCompactedEpoch } from "../compaction/epoch.ts";
import { heightsOfEpoch } from "../compaction/heights.ts";
import { rebuildBodies } from "../compaction/rebuild.ts";
import { parseGenesis } from "../genesis.ts";
import { refusal } from "./outcome.ts";

type Epoch = (typeof vectors.epochs)[number];

export function recomputeCompactedEpoch() {
  return {
    epochs: vectors.epochs.map(recomputeEpoch),
    refused: vectors.refused.map(({ case: name, bytes }) => ({
      case: name,
      bytes,
      code: refusal(() => decodeCompactedEpoch(fromHex(bytes), slotsPerEpoch())),
    })),
  };
}

function recomputeEpoch({ genesis: document, network_id, epoch, bodies }: Epoch) {
  const genesis = parseGenesis(document);
  const network = { genesis, networkId: network_id };
  const compactor = createCompactor(network, epoch);
  for (const { height, body } of bodies) compactor.add(height, decodeBody(fromHex(body)));
  const compacted = encodeCompactedEpoch(compactor.finish());
  const back = decodeCompactedEpoch(compacted, slotsPerEpoch());
  const heights = heightsOfEpoch(genesis, epoch);
  const rebuilt = rebuildBodies(
    network,
    [emptyEpoch(epoch - 1), back, emptyEpoch(epoch + 1)],
    heights,
  );
  return {
    genesis,
    network_id,
    epoch,
    bodies,
    compacted: toHex(compacted),
    rebuilt: rebuilt.map((body, i) => ({
      height: heights.from + i,
      body: toHex(encodeBody(body)),
    })),
  };
}

function emptyEpoch(epoch: number) {
  return { epoch, nodes: [], leaves: [] };
}

function slotsPerEpoch(): number {
  return vectors.epochs[0]?.genesis.slots_per_epoch ?? 0;
}
