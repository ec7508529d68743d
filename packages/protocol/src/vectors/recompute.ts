import { recomputeAddresses } from "./addresses.ts";
import { recomputeBeacons } from "./beacons.ts";
import { recomputeBlock } from "./block.ts";
import { recomputeBody } from "./body.ts";
import { recomputeCheckpoint } from "./checkpoint.ts";
import { recomputeCompactedEpoch } from "./compacted-epoch.ts";
import { recomputeCompaction } from "./compaction.ts";
import { recomputeCredits } from "./credits.ts";
import { recomputeEd25519Edge } from "./ed25519-edge.ts";
import { recomputeEncoding } from "./encoding.ts";
import { recomputeExcuses } from "./excuses.ts";
import { recomputeGenesis } from "./genesis.ts";
import { recomputeIdentity } from "./identity.ts";
import { recomputeKeyChange } from "./key-change.ts";
import { recomputeLedger } from "./ledger.ts";
import { recomputeMerkle } from "./merkle.ts";
import { recomputeNote } from "./note.ts";
import { recomputePayoutCaps } from "./payout-caps.ts";
import { recomputePayoutFee } from "./payout-fee.ts";
import { recomputeRecords } from "./records.ts";
import { recomputeRewards } from "./rewards.ts";
import { recomputeScore } from "./score.ts";
import { recomputeStandings } from "./standings.ts";
import { recomputeTiles } from "./tiles.ts";
import { recomputeTime } from "./time.ts";
import { recomputeWallet } from "./wallet.ts";

/** By file name in `vectors/`: the same document with every output computed anew from its inputs. */
export const recompute: Record<string, () => unknown> = {
  addresses: recomputeAddresses,
  beacons: recomputeBeacons,
  block: recomputeBlock,
  body: recomputeBody,
  checkpoint: recomputeCheckpoint,
  "compacted-epoch": recomputeCompactedEpoch,
  compaction: recomputeCompaction,
  credits: recomputeCredits,
  "ed25519-edge": recomputeEd25519Edge,
  encoding: recomputeEncoding,
  excuses: recomputeExcuses,
  genesis: recomputeGenesis,
  identity: recomputeIdentity,
  "key-change": recomputeKeyChange,
  ledger: recomputeLedger,
  merkle: recomputeMerkle,
  note: recomputeNote,
  "payout-caps": recomputePayoutCaps,
  "payout-fee": recomputePayoutFee,
  records: recomputeRecords,
  rewards: recomputeRewards,
  score: recomputeScore,
  standings: recomputeStandings,
  tiles: recomputeTiles,
  time: recomputeTime,
  wallet: recomputeWallet,
};
