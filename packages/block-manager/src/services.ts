import type { Clock } from "@lucid/platform/clock";
import { createTokenVerifier } from "@lucid/platform/http";
import type { BlockNetwork } from "@lucid/protocol";
import { openUrl } from "@lucid/verify";
import { checkKeys, createAppender } from "./append/index.ts";
import { createBodies } from "./compact/index.ts";
import type { BlockManagerConfig } from "./config.ts";
import { createCosigner } from "./cosign/index.ts";
import { createDiskWatch } from "./disk-watch.ts";
import { type Disk, openDisk } from "./disk/index.ts";
import type { Observer } from "./figures.ts";
import { openSigners, readTokenKeys, readWitnessKeys, type Signers } from "./keys.ts";
import { createBlocks, createBodyTrees, createHeaderIndex } from "./publish/index.ts";
import { type Mend, mendFrom, openStore, type Store } from "./store/index.ts";
import { createUpkeep } from "./upkeep.ts";

export type ServicesDeps = {
  readonly network: BlockNetwork;
  readonly clock: Clock;
  readonly observer: Observer;
};

/** Every part, each given only what stands before it. Throws what refuses to start. */
export const createServices = async (deps: ServicesDeps, config: BlockManagerConfig) => {
  const { network, clock, observer } = deps;
  await using stack = new AsyncDisposableStack();
  const witnesses = readWitnessKeys(config);
  const tokenKeys = readTokenKeys(config);
  const signers = config.BLOCK_MANAGER_MODE === "append" ? openSigners(config, network) : null;
  const home = await openDisk(config.LUCID_DATA_PATH);
  const sources = config.BLOCK_MANAGER_PEERS.map((url) => openUrl(url));
  const store = stack.use(await openLog(home, signers, { ...deps, mend: mendFrom(sources) }));
  if (signers !== null) await checkKeys(store, signers);
  const bodies = createBodies({ store, clock });
  const upkeep = createUpkeep(
    { store, bodies, clock, random: Math.random, observer, sources },
    { isFollowing: signers === null, witnesses },
  );
  const index = createHeaderIndex(store);
  const running = stack.move();
  return {
    store,
    bodies,
    index,
    appender:
      signers &&
      upkeep.gate(createAppender({ store, clock, seedOf: signers, onEvent: observer.append })),
    blocks: createBlocks({ store, index }),
    bodyTrees: createBodyTrees(bodies),
    cosigner: createCosigner({ store }, { witnesses }),
    diskWatch: createDiskWatch(home),
    upkeep,
    authenticate: createTokenVerifier({ keys: tokenKeys, issuer: network.networkId, clock }),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
};

export type Services = Awaited<ReturnType<typeof createServices>>;

const openLog = async (
  home: Disk,
  signers: Signers | null,
  { network: { genesis }, observer, mend }: ServicesDeps & { readonly mend: Mend },
): Promise<Store> => {
  const deps = { home, genesis, mend, onEvent: observer.store };
  return signers === null
    ? openStore(deps, { mode: "follow" })
    : openStore(deps, { mode: "append", logSeed: signers.logSeed });
};
