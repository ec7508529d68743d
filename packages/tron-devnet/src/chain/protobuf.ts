import protobuf from "protobufjs";

/**
 * Messages of java-tron (protocol/core/Tron.proto and contract/smart_contract.proto), reduced to what the devnet holds.
 * Own descriptors and protobufjs on purpose: TronWeb, which the devnet checks, brings google-protobuf.
 * `raw_data` stays bytes, because a transaction's id is the hash of exactly what was received.
 */
const SOURCE = `
syntax = "proto3";
message SignedTransaction { bytes raw_data = 1; repeated bytes signature = 2; }
message Any { string type_url = 1; bytes value = 2; }
message Contract { int32 type = 1; Any parameter = 2; bytes provider = 3; bytes ContractName = 4; int32 Permission_id = 5; }
message RawTransaction {
  bytes ref_block_bytes = 1; int64 ref_block_num = 3; bytes ref_block_hash = 4; int64 expiration = 8;
  bytes data = 10; repeated Contract contract = 11; bytes scripts = 12; int64 timestamp = 14; int64 fee_limit = 18;
}
message TriggerSmartContract {
  bytes owner_address = 1; bytes contract_address = 2; int64 call_value = 3; bytes data = 4;
  int64 call_token_value = 5; int64 token_id = 6;
}
message RawHeader {
  int64 timestamp = 1; bytes txTrieRoot = 2; bytes parentHash = 3; int64 number = 7; bytes witness_address = 9; int32 version = 10;
}
message Header { RawHeader raw_data = 1; bytes witness_signature = 2; }
`;

export type SignedMessage = { raw_data: Uint8Array; signature: Uint8Array[] };
export type AnyMessage = { type_url: string; value: Uint8Array };
export type ContractMessage = { type: number; parameter: AnyMessage | null; Permission_id: number };
export type RawMessage = {
  ref_block_bytes: Uint8Array;
  ref_block_hash: Uint8Array;
  expiration: string;
  data: Uint8Array;
  contract: ContractMessage[];
  scripts: Uint8Array;
  timestamp: string;
  fee_limit: string;
};
export type TriggerMessage = {
  owner_address: Uint8Array;
  contract_address: Uint8Array;
  call_value: string;
  data: Uint8Array;
};
export type RawHeaderMessage = {
  timestamp: string;
  txTrieRoot: Uint8Array;
  parentHash: Uint8Array;
  number: string;
  witness_address: Uint8Array;
  version: number;
};
export type HeaderMessage = { raw_data: RawHeaderMessage; witness_signature: Uint8Array };

const { root } = protobuf.parse(SOURCE, { keepCase: true });

function codec<T extends object>(name: string) {
  const type = root.lookupType(name);
  return {
    encode: (message: Partial<T>): Uint8Array => type.encode(type.fromObject(message)).finish(),
    /** Throws for bytes that are not this message; 64-bit integers come as decimal text. */
    decode: (bytes: Uint8Array): T =>
      type.toObject(type.decode(bytes), { longs: String, defaults: true, arrays: true }) as T,
  };
}

export const signedCodec = codec<SignedMessage>("SignedTransaction");
export const rawCodec = codec<RawMessage>("RawTransaction");
export const triggerCodec = codec<TriggerMessage>("TriggerSmartContract");
export const headerCodec = codec<HeaderMessage>("Header");
export const rawHeaderCodec = codec<RawHeaderMessage>("RawHeader");
