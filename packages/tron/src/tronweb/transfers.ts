import { formatAddress, fromHex, parseAddress, toHex } from "@lucid/protocol";

/** keccak256("Transfer(address,address,uint256)") */
export const TRANSFER_TOPIC = "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef";

/** Address and topics as java-tron writes them in receipts: 20 and 32 bytes of hex without a prefix. */
export type RawLog = { address: string; topics: string[]; data: string };
export type ParsedTransfer = { token: string; from: string; to: string; amountMicro: bigint };

/** The transfer that a log announces; null for a log of another event. */
export function parseTransfer({ address, topics, data }: RawLog): ParsedTransfer | null {
  const [event, from, to] = topics;
  if (event !== TRANSFER_TOPIC || from === undefined || to === undefined) return null;
  if (topics.length !== 3 || data.length !== 64) return null;
  return {
    token: base58(address),
    from: base58(from.slice(24)),
    to: base58(to.slice(24)),
    amountMicro: BigInt(`0x${data}`),
  };
}

/** 21 bytes with the network's 41 prefix, as the HTTP API wants addresses. */
export function hexAddress(address: string): string {
  return toHex(parseAddress(address));
}

/** An ABI word that holds an address: the 20 bytes without prefix, padded left. */
export function addressWord(address: string): string {
  return hexAddress(address).slice(2).padStart(64, "0");
}

function base58(twentyBytesHex: string): string {
  return formatAddress(fromHex(`41${twentyBytesHex}`, 21));
}
