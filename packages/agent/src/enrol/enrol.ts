import { ApiError, type Client } from "@lucid/api/client";
import { enrolText, findEnrolmentNonce, ownerId, parseAddress, signObject } from "@lucid/protocol";
import type { NodeFolder, NodeKey } from "../folder/index.ts";
import { exitCode, Failure } from "../program/index.ts";
import { findNetwork, type FoundNetwork } from "./network.ts";
import { signText, type Wallet } from "./wallet.ts";

export type EnrolDeps = {
  readonly client: Client;
  readonly folder: NodeFolder;
  readonly now: () => number;
  /** Asked for the wallet's signature once everything else is in order. */
  readonly wallet: Wallet;
  /** One line for each check that passed. */
  readonly passed: (check: string) => void;
  /** Something that takes a while begins. */
  readonly working: (what: string) => void;
  readonly warn: (line: string) => void;
};

export type EnrolOptions = {
  readonly service: string;
  readonly address: string;
  /** Refuses any other network; null trusts the service on first use. */
  readonly networkId: string | null;
};

export type Enrolled = {
  readonly nodeId: string;
  readonly ownerId: string;
  readonly networkId: string;
  readonly address: string;
  readonly standing: string;
  /** Who lets nodes in: `approval` by people, `demo` everybody. */
  readonly admission: string;
};

/** Enrols the folder's node and pins the network; repeating it finds what the first one made. */
export const enrolNode = async (deps: EnrolDeps, options: EnrolOptions): Promise<Enrolled> => {
  const { client, folder, passed } = deps;
  const key = await folder.readKey();
  const pinned = await folder.readMembership();
  passed(`key of ${key.nodeId}`);
  parseAddress(options.address);
  passed(`payout address ${options.address}`);
  const network = await findNetwork(
    client,
    deps.now,
    options.networkId ?? pinned?.networkId ?? null,
  );
  passed(`service ${options.service}, network ${network.genesis.name} ${network.networkId}`);
  checkClock(deps, network);
  const node = (await existing(client, key)) ?? (await send(deps, options, network, key));
  // An owner may be paid elsewhere by now than where the node enrolled.
  const enrolled = ownerId(network.networkId, options.address);
  if (node.address !== options.address && node.owner_id !== enrolled)
    throw paidElsewhere(node.address);
  const membership = {
    networkId: network.networkId,
    genesis: network.genesis,
    service: options.service,
    ownerId: node.owner_id,
    address: node.address,
  };
  await folder.writeMembership(membership);
  return {
    ...membership,
    nodeId: key.nodeId,
    standing: node.standing,
    admission: network.admission,
  };
};

const paidElsewhere = (address: string): Failure =>
  new Failure("nodes.already_enrolled", `this node is enrolled already and pays to ${address}`, {
    fix: "A node enrols once: use that address, or make another node with --data",
    exit: exitCode.refused,
  });

const checkClock = ({ passed, warn }: EnrolDeps, { genesis, skewMs }: FoundNetwork): void => {
  const skew = `${Math.round(Math.abs(skewMs))} ms ${skewMs > 0 ? "ahead of" : "behind"} the service's`;
  if (Math.abs(skewMs) <= genesis.grace_ms / 2) passed(`clock, ${skew}`);
  else warn(`this machine's clock is ${skew}: switch on time synchronisation before running`);
};

type NodeView = { owner_id: string; address: string; standing: string };

const existing = async (client: Client, key: NodeKey): Promise<NodeView | null> => {
  try {
    return await client.call("getNode", { params: { node_id: key.nodeId } });
  } catch (error) {
    if (error instanceof ApiError && error.code === "nodes.unknown") return null;
    throw error;
  }
};

const send = async (
  deps: EnrolDeps,
  { address }: EnrolOptions,
  network: FoundNetwork,
  key: NodeKey,
): Promise<NodeView> => {
  const { networkId } = network;
  const text = enrolText(networkId, key.nodeId, address, 0);
  const walletSignature = await signText(deps.wallet, { text, address, what: "enrolment" });
  deps.passed("wallet signature");
  return post(deps, network, key, { address, walletSignature }, 3);
};

type Agreed = { readonly address: string; readonly walletSignature: string };

const SLOW_POW_BITS = 16;

/** A block may be sealed while we work: then the proof is made again over the newer one. */
const post = async (
  deps: EnrolDeps,
  network: FoundNetwork,
  key: NodeKey,
  agreed: Agreed,
  tries: number,
): Promise<NodeView> => {
  const { networkId, headerHash, genesis } = network;
  if (genesis.enrol_pow_bits >= SLOW_POW_BITS)
    deps.working(`proof of work of ${genesis.enrol_pow_bits} bits, some seconds …`);
  const nonce = findEnrolmentNonce(networkId, headerHash, key.publicKey, genesis.enrol_pow_bits);
  deps.passed(`proof of work, ${genesis.enrol_pow_bits} bits`);
  const enrolment = {
    public_key: key.publicKey,
    address: agreed.address,
    seq: 0,
    header_hash: headerHash,
    nonce,
    wallet_signature: agreed.walletSignature,
  };
  const signature = signObject("enrol", networkId, enrolment, key.seed);
  try {
    return await deps.client.call("enrolNode", {
      body: { network_id: networkId, ...enrolment, signature },
    });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "enrol.header_hash" || tries <= 1)
      throw error;
    return post(deps, await findNetwork(deps.client, deps.now, networkId), key, agreed, tries - 1);
  }
};
