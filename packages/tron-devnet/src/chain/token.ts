import { keccak_256 } from "@noble/hashes/sha3.js";
import { textToHex, toHex } from "../bytes.ts";
import { ENERGY } from "./parameters.ts";
import type { World } from "./state.ts";

/** A contract log as java-tron writes it: address without 41, no prefixes. */
export type Log = { address: string; topics: string[]; data: string };
export type Outcome = { reverted: boolean; energy: number; output: string; logs: Log[] };
export type TokenCall = { caller: string; data: string };
export type Token = { address: string; owner: string; supplyMicro: bigint };

type Method = (world: World, call: { caller: string; words: string[] }, token: Token) => Outcome;

export const TRANSFER_TOPIC = hashOf("Transfer(address,address,uint256)");
const DECIMALS = 6n;

/** The token contract: USDT's functions that payments touch. Changes go to `world`; a revert changes nothing. */
export function callToken(world: World, call: TokenCall, token: Token): Outcome {
  const method = METHODS.get(call.data.slice(0, 8));
  const words = call.data.slice(8).match(/.{64}/g) ?? [];
  return method === undefined ? revert() : method(world, { caller: call.caller, words }, token);
}

/** First four bytes of the hash of a signature, in hex. */
export function selectorOf(signature: string): string {
  return hashOf(signature).slice(0, 8);
}

export function addressWord(address: string): string {
  return address.slice(2).padStart(64, "0");
}

export function numberWord(value: bigint): string {
  return value.toString(16).padStart(64, "0");
}

/** Recipient and amount of a call of transfer(address,uint256); null for other calls. */
export function parseTransferCall(data: string): { to: string; amountMicro: bigint } | null {
  if (data.slice(0, 8) !== selectorOf("transfer(address,uint256)") || data.length !== 8 + 128)
    return null;
  return { to: wordToAddress(data.slice(8, 72)), amountMicro: BigInt(`0x${data.slice(72)}`) };
}

const METHODS = new Map<string, Method>(
  Object.entries({
    "transfer(address,uint256)": transfer,
    "balanceOf(address)": (world, { words }) =>
      number(world.accountOrNew(wordToAddress(words[0])).tokenMicro),
    "decimals()": () => number(DECIMALS),
    "symbol()": () => text("USDT"),
    "name()": () => text("Tether USD"),
    "totalSupply()": (_, __, token) => number(token.supplyMicro),
    "owner()": (_, __, token) => read(addressWord(token.owner)),
    "getOwner()": (_, __, token) => read(addressWord(token.owner)),
    "paused()": (world) => flag(world.token().paused),
    "deprecated()": (world) => flag(world.token().deprecated),
    "basisPointsRate()": (world) => number(BigInt(world.token().basisPointsRate)),
    "maximumFee()": (world) => number(world.token().maximumFeeMicro),
    "isBlackListed(address)": (world, { words }) =>
      flag(world.token().blacklist.includes(wordToAddress(words[0]))),
    "getBlackListStatus(address)": (world, { words }) =>
      flag(world.token().blacklist.includes(wordToAddress(words[0]))),
  } satisfies Record<string, Method>).map(([signature, method]) => [selectorOf(signature), method]),
);

/** Senders can be blacklisted, recipients are not looked at; a fee goes to the owner with a log of its own. */
function transfer(
  world: World,
  { caller, words }: { caller: string; words: string[] },
  token: Token,
): Outcome {
  const [toWord, amountWord] = words;
  const { paused, blacklist } = world.token();
  if (toWord === undefined || amountWord === undefined) return revert();
  const to = wordToAddress(toWord);
  const amount = BigInt(`0x${amountWord}`);
  const isRefused = paused || blacklist.includes(caller) || BigInt(`0x${toWord}`) === 0n;
  if (isRefused || world.accountOrNew(caller).tokenMicro < amount) return revert();
  const fee = feeOf(world, amount);
  const energy =
    world.accountOrNew(to).tokenMicro === 0n ? ENERGY.transferToNewHolder : ENERGY.transferToHolder;
  const logs = [move(world, token, { from: caller, to, amountMicro: amount - fee })];
  if (fee > 0n) logs.push(move(world, token, { from: caller, to: token.owner, amountMicro: fee }));
  return {
    reverted: false,
    energy: energy + (fee > 0n ? ENERGY.secondLog : 0),
    output: numberWord(0n),
    logs,
  };
}

function feeOf(world: World, amount: bigint): bigint {
  const { basisPointsRate, maximumFeeMicro } = world.token();
  const fee = (amount * BigInt(basisPointsRate)) / 10_000n;
  return fee > maximumFeeMicro ? maximumFeeMicro : fee;
}

function move(
  world: World,
  token: Token,
  { from, to, amountMicro }: { from: string; to: string; amountMicro: bigint },
): Log {
  const add = (address: string, change: bigint) => {
    const account = world.accountOrNew(address);
    world.setAccount(address, { ...account, tokenMicro: account.tokenMicro + change });
  };
  add(from, -amountMicro);
  add(to, amountMicro);
  const topics = [TRANSFER_TOPIC, addressWord(from), addressWord(to)];
  return { address: token.address.slice(2), topics, data: numberWord(amountMicro) };
}

function wordToAddress(word = ""): string {
  return `41${word.slice(-40).padStart(40, "0")}`;
}

function revert(): Outcome {
  return { reverted: true, energy: ENERGY.reverted, output: "", logs: [] };
}

function read(output: string): Outcome {
  return { reverted: false, energy: ENERGY.read, output, logs: [] };
}

function number(value: bigint): Outcome {
  return read(numberWord(value));
}

function flag(value: boolean): Outcome {
  return number(value ? 1n : 0n);
}

function text(value: string): Outcome {
  const length = BigInt(Buffer.byteLength(value));
  return read(numberWord(32n) + numberWord(length) + textToHex(value).padEnd(64, "0"));
}

function hashOf(signature: string): string {
  return toHex(keccak_256(Buffer.from(signature, "utf8")));
}
