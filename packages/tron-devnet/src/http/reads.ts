import { hexToBase58, parseAddress } from "../address.ts";
import type { Chain } from "../chain/chain.ts";
import { CHAIN_PARAMETERS, PARAMETERS } from "../chain/parameters.ts";
import { stillUsed } from "../chain/resources.ts";
import { parseTransaction } from "../chain/transaction.ts";
import { blockToJson } from "./block-json.ts";
import { TOKEN_ABI } from "./abi.ts";
import { addressField, DevnetError, hexField, integerField, textField } from "./params.ts";
import type { Params } from "./params.ts";
import { withoutDefaults } from "./proto-json.ts";
import { simulate } from "./simulate.ts";
import { includedToJson, receiptToJson, transactionToJson } from "./transaction-json.ts";

/** `height` is the newest block the asked side shows: the head, or the last solidified one. */
export type Side = { chain: Chain; height: number; solid: boolean };
export type Read = (side: Side, params: Params) => unknown;

const MAX_BLOCKS_PER_ANSWER = 100;

/** Questions that both `/wallet` and `/walletsolidity` answer. */
export const READS: Record<string, Read> = {
  getnowblock: (side) => blockAt(side, side.height),
  getblockbynum: (side, params) => blockAt(side, integerField(params, "num", 0)),
  getblockbyid: ({ chain, height }, params) => {
    const block = chain.store.blockById(hexField(params, "value"));
    return block === null || block.number > height ? {} : blockToJson(block, chain.store);
  },
  getblock: getBlock,
  getblockbylimitnext: getBlocks,
  gettransactionbyid: getTransaction,
  gettransactioninfobyid: ({ chain, height }, params) => {
    const found = chain.store.transaction(hexField(params, "value"));
    return found === null || found.block > height ? {} : receiptOf(chain, found);
  },
  gettransactioninfobyblocknum: ({ chain, height }, params) => {
    const number = integerField(params, "num", 0);
    if (number > height) return [];
    return chain.store.transactions(number, number + 1).map((found) => receiptOf(chain, found));
  },
  getaccount: getAccount,
  triggerconstantcontract: ({ chain, height }, params) =>
    simulate(chain, chain.store.stateAt(height), params),
};

/** Questions that only `/wallet` answers. */
export const FULL_READS: Record<string, Read> = {
  getaccountresource: getResources,
  getchainparameters: () => ({ chainParameter: CHAIN_PARAMETERS }),
  validateaddress: (_, params) => {
    const valid = parseAddress(textField(params, "address")) !== null;
    return { result: valid, message: valid ? "Base58check or hex format" : "Length error" };
  },
  getcontract: ({ chain }, params) => {
    const address = addressField(params, "value");
    if (address !== chain.token.address) return {};
    const { owner } = chain.token;
    return {
      contract_address: address,
      origin_address: owner,
      name: "TetherToken",
      abi: { entrys: TOKEN_ABI },
    };
  },
  getnodeinfo: ({ chain }) => ({
    beginSyncNum: chain.head().number,
    block: `Num:${chain.head().number},ID:${chain.head().id}`,
    solidityBlock: `Num:${chain.solidNumber()},ID:${chain.store.block(chain.solidNumber())?.id}`,
    currentConnectCount: 0,
    activeConnectCount: 0,
    configNodeInfo: { codeVersion: "4.8.2", p2pVersion: "0" },
  }),
};

function blockAt({ chain, height }: Side, number: number, detail = true) {
  const block = number <= height ? chain.store.block(number) : null;
  return block === null ? {} : blockToJson(block, chain.store, detail);
}

function getBlock(side: Side, params: Params) {
  const wanted = textField(params, "id_or_num");
  const detail = params["detail"] === true || params["detail"] === "true";
  if (wanted === "") return blockAt(side, side.height, detail);
  if (/^[0-9]+$/.test(wanted) && wanted.length < 17) return blockAt(side, Number(wanted), detail);
  const block = side.chain.store.blockById(wanted);
  return block === null ? {} : blockAt(side, block.number, detail);
}

function getBlocks({ chain, height }: Side, params: Params) {
  const start = integerField(params, "startNum", 0);
  const end = integerField(params, "endNum", 0);
  if (start < 0 || end <= start || end - start > MAX_BLOCKS_PER_ANSWER) return {};
  const blocks = chain.store.blocks(start, Math.min(end, height + 1));
  return withoutDefaults({ block: blocks.map((block) => blockToJson(block, chain.store)) });
}

function getTransaction({ chain, height, solid }: Side, params: Params) {
  const txid = hexField(params, "value");
  const found = chain.store.transaction(txid);
  if (found !== null) return found.block > height ? {} : includedToJson(found);
  const pending = solid ? null : chain.store.pendingByTxid(txid);
  return pending === null ? {} : transactionToJson(parseTransaction(pending.bytes));
}

function receiptOf(chain: Chain, found: NonNullable<ReturnType<Chain["store"]["transaction"]>>) {
  const block = chain.store.block(found.block);
  if (block === null)
    throw new DevnetError("java.lang.NullPointerException", `block ${found.block} is missing`);
  return receiptToJson(found, chain.token.address, block.timestampMs);
}

function getAccount({ chain, height }: Side, params: Params) {
  const address = addressField(params, "address");
  const account = chain.store.stateAt(height).account(address);
  const isMoved = chain.faults.isKeyMoved(address);
  if (!isMoved && (account === null || !account.activated)) return {};
  const key = isMoved ? chain.token.owner : address;
  return withoutDefaults({
    address,
    balance: Number(account?.trxSun ?? 0n),
    account_resource: {},
    owner_permission: {
      permission_name: "owner",
      threshold: 1,
      keys: [{ address: key, weight: 1 }],
    },
  });
}

function getResources({ chain, height }: Side, params: Params) {
  const account = chain.store.stateAt(height).account(addressField(params, "address"));
  if (account === null || !account.activated) return {};
  const nowMs = chain.head().timestampMs;
  return withoutDefaults({
    freeNetUsed: stillUsed(account.bandwidthUsed, account.bandwidthUsedAtMs, nowMs),
    freeNetLimit: PARAMETERS.freeBandwidth,
    EnergyUsed: stillUsed(account.energyUsed, account.energyUsedAtMs, nowMs),
    EnergyLimit: account.energyLimit,
    TotalNetLimit: 43_200_000_000,
    TotalEnergyLimit: 180_000_000_000,
  });
}

export function tokenBase58(chain: Chain): string {
  return hexToBase58(chain.token.address);
}
