import {
  addressOfKey,
  createChain,
  demoGenesis,
  demoPolicy,
  ed25519PublicKey,
  type Enrolment,
  enrolText,
  epochOf,
  findEnrolmentNonce,
  type Genesis,
  networkId,
  NO_HEADER_HASH,
  nodeId,
  type Policy,
  sha256,
  signMessage,
  signObject,
  toHex,
  utf8,
} from "@lucid/protocol";
import type { Network } from "../shared/network.ts";

/** The seed of a key of the test network: `network`, `log`, `root`. */
export const testSeed = (name: string): Uint8Array => sha256(utf8(`test ${name}`));
const seedOf = testSeed;
const publicKeyOf = (name: string): string => toHex(ed25519PublicKey(seedOf(name)));

export const testFirstSlot = 450;

/** A demo genesis with made-up keys; any field may be chosen otherwise. */
export const testGenesis = (chosen: Partial<Omit<Genesis, "version">> = {}): Genesis =>
  demoGenesis({
    first_slot: testFirstSlot,
    root_keys: [publicKeyOf("root")],
    root_threshold: 1,
    network_key: publicKeyOf("network"),
    log_key: publicKeyOf("log"),
    log_origin: "test.invalid/0123456789abcdef",
    ...chosen,
  });

export const testNetwork = (genesis: Genesis = testGenesis()): Network => ({
  genesis,
  networkId: networkId(genesis),
});

/** Rules under which no day and no hour is ever full, and nobody waits for a witness. */
export const unlimitedPay = {
  unwitnessed_delay_slots: 0,
  day_count: 1_000_000,
  owner_day_count: 1_000_000,
  day_cap_micro: "1000000000000",
  hour_cap_micro: "1000000000000",
} as const satisfies Partial<Policy["payout"]>;

export type PolicyChoices = Partial<Pick<Policy, "admission">> & {
  readonly payout?: Partial<Policy["payout"]>;
};

export const testPolicy = (
  { genesis }: Network,
  { payout, ...choices }: PolicyChoices = {},
): Policy => {
  const chosen = { fromEpoch: epochOf(genesis, genesis.first_slot), epochBudgetMicro: 10_000_000n };
  const demo = demoPolicy(chosen);
  return { ...demo, ...choices, payout: { ...demo.payout, ...payout } };
};

/** A machine and its owner's wallet; the same name gives the same keys. */
export type TestNode = {
  readonly nodeId: string;
  readonly seed: Uint8Array;
  readonly publicKey: string;
  readonly address: string;
  readonly walletKey: string;
  enrolment(changes?: Partial<Enrolment>): Enrolment;
  commitment(epoch: number): { node_id: string; epoch: number; anchor: string; signature: string };
  /** A valid commitment to another chain than its own. */
  otherCommitment(epoch: number): ReturnType<TestNode["commitment"]>;
  beacon(slot: number): { node_id: string; slot: number; reveal: string };
  signedBeacon(slot: number): {
    node_id: string;
    slot: number;
    reveal: string;
    signature: string;
  };
};

export const createTestNode = (
  network: Network,
  name: string,
  { owner = name }: { owner?: string } = {},
): TestNode => {
  const { genesis, networkId: id } = network;
  const seed = seedOf(`node ${name}`);
  const publicKey = toHex(ed25519PublicKey(seed));
  const walletKey = toHex(seedOf(`wallet ${owner}`));
  const address = addressOfKey(walletKey);
  const node = nodeId(publicKey);
  const slots = genesis.slots_per_epoch;
  const chainOf = (epoch: number) =>
    createChain({ seed, networkId: id, publicKeyHex: publicKey, epoch, slots });
  const beacon = (slot: number) => {
    const epoch = epochOf(genesis, slot);
    return { node_id: node, slot, reveal: toHex(chainOf(epoch).reveal(slot - epoch * slots)) };
  };
  const commitTo = (epoch: number, anchor: string) => {
    const unsigned = { node_id: node, epoch, anchor };
    return { ...unsigned, signature: signObject("commitment", id, unsigned, seed) };
  };

  return {
    nodeId: node,
    seed,
    publicKey,
    address,
    walletKey,
    enrolment: (changes = {}) => {
      const { signature, ...chosen } = changes;
      const { header_hash = NO_HEADER_HASH } = chosen;
      const unsigned = {
        public_key: publicKey,
        address,
        seq: 0,
        header_hash,
        nonce: findEnrolmentNonce(id, header_hash, publicKey, genesis.enrol_pow_bits),
        wallet_signature: signMessage(walletKey, enrolText(id, node, address, 0)),
        ...chosen,
      };
      return { ...unsigned, signature: signature ?? signObject("enrol", id, unsigned, seed) };
    },
    commitment: (epoch) => commitTo(epoch, toHex(chainOf(epoch).anchor)),
    otherCommitment: (epoch) => commitTo(epoch, toHex(chainOf(epoch + 1).anchor)),
    beacon,
    signedBeacon: (slot) => {
      const unsigned = beacon(slot);
      return { ...unsigned, signature: signObject("beacon", id, unsigned, seed) };
    },
  };
};
