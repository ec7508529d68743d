import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Clock } from "@lucid/platform/clock";
import { type Documents, DocumentsError, openDocuments } from "@lucid/platform/documents";
import { createLeases, type Lease, type Leases } from "@lucid/platform/leases";
import { collections } from "./collections.ts";
import type { NodeManagementConfig } from "./config.ts";
import { Fault } from "./shared/fault.ts";

/** An open store, and under which name this process writes to it. */
export type Store = AsyncDisposable & {
  readonly documents: Documents;
  readonly leases: Leases;
  /** Names this process among all that ever accepted beacons on the store. */
  readonly replica: string;
  /** Whether nobody else works on the store, as far as is known. */
  readonly isOurs: () => boolean;
};

/** How long a predecessor that was killed may be remembered, and how often we look. */
const PATIENCE_MS = 40_000;
const LOOK_MS = 1000;
const BEAT_MS = 3000;

/** Opens the embedded store, or MongoDB where the settings name one. Throws DocumentsError or Fault `data.in_use`. */
export const openStore = (config: NodeManagementConfig, clock: Clock): Promise<Store> =>
  config.MONGODB_URI === undefined
    ? openEmbedded(config.LUCID_DATA_PATH, clock)
    : openShared(config.MONGODB_URI, clock);

/** network.json lies in the same folder, so its disk is there, and a store that is missing is one to be made. */
const openEmbedded = async (folder: string, clock: Clock): Promise<Store> => {
  const path = join(folder, "node-management.sqlite");
  const documents = await openDocuments(
    { engine: "sqlite", path, create: true },
    collections,
  ).catch(refuseOtherVersion(path));
  // The folder is locked by this process: the store's own name is ours.
  const replica = documents.storeId;
  return {
    documents,
    replica,
    leases: createLeases({ documents, clock }, { holder: replica, sole: true }),
    isOurs: () => true,
    [Symbol.asyncDispose]: () => documents[Symbol.asyncDispose](),
  };
};

/** Memory that several replicas would have to share is not shared yet, so that one at a time may work on MongoDB. */
const openShared = async (uri: string, clock: Clock): Promise<Store> => {
  await using stack = new AsyncDisposableStack();
  const documents = stack.use(
    await openDocuments({ engine: "mongodb", uri }, collections).catch(
      refuseOtherVersion("the database of MONGODB_URI"),
    ),
  );
  const replica = randomBytes(16).toString("hex");
  const leases = createLeases({ documents, clock }, { holder: replica });
  const lease = await takePlace(leases, clock);
  const over = new AbortController();
  const beating = keepPlace(lease, clock, over.signal);
  stack.defer(async () => {
    over.abort();
    await beating;
    await lease.release();
  });
  const open = stack.move();
  return {
    documents,
    replica,
    leases,
    isOurs: () => lease.isHeld(),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
};

/** The one place of a replica; that of a predecessor that died is free once nothing was heard of it for a while. */
export const takePlace = async (leases: Leases, clock: Clock): Promise<Lease> => {
  const untilMs = clock.monotonic() + PATIENCE_MS;
  while (clock.monotonic() < untilMs) {
    const lease = await leases.acquire("replica");
    if (lease !== null) return lease;
    await clock.sleep(LOOK_MS);
  }
  throw new Fault(
    "data.in_use",
    "another node-management works on the database of MONGODB_URI: stop it first, this version runs one at a time",
  );
};

const keepPlace = async (lease: Lease, clock: Clock, over: AbortSignal): Promise<void> => {
  while (!over.aborted) {
    await clock.sleep(BEAT_MS, over);
    await lease.beat();
  }
};

const refuseOtherVersion =
  (where: string) =>
  (error: unknown): never => {
    if (!(error instanceof DocumentsError) || error.code !== "documents.invalid") throw error;
    throw new Fault(
      "network.other_version",
      `${where} was written by another version, which this one does not read on (${error.message}): start the version that wrote it, or a new network in another folder`,
    );
  };
