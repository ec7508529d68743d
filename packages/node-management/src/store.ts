import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Clock } from "@lucid/platform/clock";
import { type Documents, DocumentsError, openDocuments } from "@lucid/platform/documents";
import { createLeases, type Leases } from "@lucid/platform/leases";
import { collections } from "./collections.ts";
import type { NodeManagementConfig } from "./config.ts";
import { Fault } from "./shared/fault.ts";

/** An open store, and under which name this process writes to it. */
export type Store = AsyncDisposable & {
  readonly documents: Documents;
  readonly leases: Leases;
  /** Names this process among all that ever accepted beacons on the store. */
  readonly replica: string;
  /** Whether other replicas may work on the store at the same time. */
  readonly isShared: boolean;
};

const FILE = "node-management.sqlite";

/** Where the store of these settings is. */
export const storePlace = ({
  MONGODB_URI: uri,
  LUCID_DATA_PATH: folder,
}: Pick<NodeManagementConfig, "MONGODB_URI" | "LUCID_DATA_PATH">) =>
  uri === undefined
    ? ({ engine: "sqlite", path: join(folder, FILE) } as const)
    : ({ engine: "mongodb", uri } as const);

/** Opens the embedded store, or MongoDB where the settings name one. Throws DocumentsError or Fault. */
export const openStore = (config: NodeManagementConfig, clock: Clock): Promise<Store> =>
  config.MONGODB_URI === undefined
    ? openEmbedded(config.LUCID_DATA_PATH, clock)
    : openShared(config.MONGODB_URI, clock);

/** network.json lies in the same folder, so its disk is there, and a store that is missing is one to be made. */
const openEmbedded = async (folder: string, clock: Clock): Promise<Store> => {
  const path = join(folder, FILE);
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
    isShared: false,
    [Symbol.asyncDispose]: () => documents[Symbol.asyncDispose](),
  };
};

/** Any number of replicas; the name of each is new with every start, so that nothing is left open in it. */
const openShared = async (uri: string, clock: Clock): Promise<Store> => {
  const documents = await openDocuments({ engine: "mongodb", uri }, collections).catch(
    refuseOtherVersion("the database of MONGODB_URI"),
  );
  const replica = randomBytes(16).toString("hex");
  return {
    documents,
    replica,
    leases: createLeases({ documents, clock }, { holder: replica }),
    isShared: true,
    [Symbol.asyncDispose]: () => documents[Symbol.asyncDispose](),
  };
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
