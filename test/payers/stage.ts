import { systemClock } from "@lucid/platform/clock";
import { type Documents, openDocuments } from "@lucid/platform/documents";
import { createLocalSigner, networkProfile } from "@lucid/tron";
import { createChain } from "@lucid/tron/tronweb";
import { collections } from "../../packages/node-management/src/collections.ts";
import {
  createTestServices,
  testNetwork,
  testPolicy,
  unlimitedPay,
} from "../../packages/node-management/src/testing/index.ts";
import {
  createPayerProcess,
  type PayerProcess,
} from "../../packages/node-management/src/testing/payer-process.ts";
import { toEndpoint, WALLET_KEY } from "../../packages/node-management/src/testing/payer-world.ts";

/** What every process of a run is told. */
export type Place = { readonly databaseUri: string; readonly chain: ChainPlace };
export type ChainPlace = {
  readonly url: string;
  readonly genesisBlockId: string;
  readonly token: string;
};

export type Stage = AsyncDisposable & {
  readonly documents: Documents;
  readonly owners: readonly {
    readonly ownerId: string;
    readonly address: string;
    readonly nodeId: string;
  }[];
  readonly payer: PayerProcess;
};

const OWNERS = 24;

/** The same network, owners and wallet in every process, on the store and chain that they share. */
export const openStage = async ({ databaseUri, chain }: Place): Promise<Stage> =>
  openStageOn(await openDocuments({ engine: "mongodb", uri: databaseUri }, collections), { chain });

export const openStageOn = async (
  documents: Documents,
  { chain, owners = OWNERS }: { readonly chain: ChainPlace; readonly owners?: number },
): Promise<Stage> => {
  const network = testNetwork();
  const policy = testPolicy(network, { payout: unlimitedPay });
  const services = await createTestServices({ network, policy });
  for (let n = 0; n < owners; n++) await services.enrol(`owner ${n}`);
  const { genesisBlockId, token, url } = chain;
  const profile = networkProfile("local", { genesisBlockId, token, endpoints: [toEndpoint(url)] });
  const signer = createLocalSigner({ privateKeyHex: WALLET_KEY, profile });
  const ports = profile.endpoints.map((endpoint) => createChain(profile, endpoint));
  const { policies, registry } = services;
  const shared = { network, clock: systemClock, policies, registry, ports, signer, genesisBlockId };
  return {
    documents,
    owners: services.registry.owners().map(({ ownerId, address, nodeIds: [nodeId = ""] }) => ({
      ownerId,
      address,
      nodeId,
    })),
    payer: createPayerProcess({ ...shared, store: documents }),
    [Symbol.asyncDispose]: async () => {
      await services[Symbol.asyncDispose]();
      await documents[Symbol.asyncDispose]();
    },
  };
};
