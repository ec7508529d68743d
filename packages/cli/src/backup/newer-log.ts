import { existsSync } from "node:fs";
import { exitCode, Failure } from "@lucid/agent";
import { copyLog, logSignatureIn, openDisk } from "@lucid/block-manager";
import type { NewerLog } from "@lucid/node-management";
import { type BlockNetwork, type SignedCheckpoint, toHex } from "@lucid/protocol";
import { type Log, type LogCheckpoint, openLog, type Report, verifyLog } from "@lucid/verify";
import { openSource, toFailure } from "../verify/index.ts";
import { logDamaged } from "./failures.ts";

export type NewerLogOptions = {
  /** A folder or an address. */
  readonly where: string;
  readonly network: BlockNetwork;
  readonly clock: NewerLog["clock"];
  readonly token: string | null;
  readonly onProgress: (at: { readonly blocks: number; readonly size: number }) => void;
};

/** A log from which a store that was restored gets back what was published since its backup. */
export type OpenedLog = NewerLog & {
  readonly where: string;
  readonly size: number;
  /** Copies the log as it was read; null for one that is not in a folder. */
  readonly copyTo: ((folder: string) => Promise<void>) | null;
};

/** Opens a log of this network; every block is verified as it is read. Throws a Failure. */
export const openNewerLog = async ({
  where,
  network,
  clock,
  token,
  onProgress,
}: NewerLogOptions): Promise<OpenedLog> => {
  const log = await openSource(where)
    .then((source) => openLog(source, network))
    .catch(rethrow);
  const checkpoint = toSigned(network, log.checkpoint);
  const folder = existsSync(log.source.name) ? log.source.name : null;
  return {
    where,
    size: checkpoint.size,
    network,
    clock,
    token,
    read: async (recovery) => {
      const { first_mismatch } = await verifyWhile(log, recovery, onProgress).catch(rethrow);
      if (first_mismatch === null) return checkpoint;
      const { height, code, detail } = first_mismatch;
      throw logDamaged(where, `block ${height}: ${code}: ${detail}`);
    },
    copyTo: folder === null ? null : (to) => copyAt(folder, to, { network, checkpoint }),
  };
};

const rethrow = (error: unknown): never => {
  throw toFailure(error);
};

/** Hands on each block once everything that it says was recomputed, and nothing behind one that does not follow. */
const verifyWhile = (
  log: Log,
  recovery: Parameters<NewerLog["read"]>[0],
  onProgress: NewerLogOptions["onProgress"],
): Promise<Report> =>
  verifyLog(
    {
      ...log,
      async *blocks(from, to) {
        for await (const block of log.blocks(from, to)) {
          yield block;
          await recovery.add(block);
        }
      },
    },
    { onProgress },
  );

const toSigned = (
  { genesis }: BlockNetwork,
  { size, root, note }: LogCheckpoint,
): SignedCheckpoint => {
  const signature = logSignatureIn(genesis, note);
  if (signature !== null) return { size, root: toHex(root), signature };
  throw new Failure("backup.records", "the log's key was changed since the network was founded", {
    fix: "Use a backup that was made after the change",
    exit: exitCode.folder,
  });
};

const copyAt = async (
  from: string,
  to: string,
  { network, checkpoint }: { network: BlockNetwork; checkpoint: SignedCheckpoint },
): Promise<void> => {
  await copyLog(await openDisk(from), await openDisk(to, { create: true }), {
    genesis: network.genesis,
    acknowledged: checkpoint,
    mostBlocks: checkpoint.size,
  });
};
