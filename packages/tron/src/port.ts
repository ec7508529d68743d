/**
 * The chain port: everything the rest of Lucid may ask of TRON.
 *
 * Reading methods never throw for what a node answers. A reply of an unexpected shape is `unknown`, a node that cannot be
 * heard is `unreachable`; neither is ever turned into zero, empty or "not there".
 * Addresses are base58check text, ids and bytes are lower-case hex without a prefix, times are milliseconds since the
 * Unix epoch, TRX is counted in sun (1 TRX = 1 000 000 sun) and the token in micro-USDT.
 */

export type NetworkName = "local" | "nile" | "shasta" | "mainnet";

/** One node operator's doors. Plain java-tron serves the three on different ports, hosted services on one. */
export type Endpoint = {
  full: string;
  solidity: string;
  jsonrpc?: string;
  /** Root of an account history in TronGrid's form (`/v1/accounts/…`), kept by other means than the node's own log. */
  history?: string;
  apiKey?: string;
};

/** Binds a network: a node whose genesis block differs is not this network. */
export type NetworkProfile = {
  name: NetworkName;
  genesisBlockId: string;
  token: string;
  endpoints: Endpoint[];
  explorer?: string;
  /**
   * Real money: the key is never in the process that asks for signatures, and nothing is signed before people enabled it
   * after checks. Fixed to true for mainnet; `local` and `nile` may rehearse it.
   */
  requiresCheck: boolean;
};

export type Reading<T> =
  | { ok: true; value: T }
  | { ok: false; code: "unknown" | "unreachable"; reason: string };

export type Block = {
  id: string;
  number: number;
  parentId: string;
  timestampMs: number;
  txids: string[];
};

/** What a transaction names as its replay guard. Use a solidified block. */
export type BlockRef = Pick<Block, "id" | "number">;

export type TransferLog = {
  txid: string;
  blockNumber: number;
  token: string;
  from: string;
  to: string;
  amountMicro: bigint;
};

/** What an account history says of a transfer; it names no block. */
export type HistoryTransfer = Omit<TransferLog, "blockNumber"> & { timestampMs: number };

/** `result` is the node's word: SUCCESS, REVERT, OUT_OF_ENERGY … `transfers` holds every Transfer log, whatever its token. */
export type Receipt = {
  txid: string;
  blockNumber: number;
  blockTimestampMs: number;
  result: string;
  feeSun: bigint;
  energyUsed: bigint | null;
  transfers: TransferLog[];
};

export type TransferRequest = {
  from: string;
  to: string;
  amountMicro: bigint;
  refBlock: BlockRef;
  expirationMs: number;
  timestampMs: number;
  feeLimitSun: bigint;
};

export type UnsignedTransfer = {
  txid: string;
  rawDataHex: string;
  from: string;
  to: string;
  token: string;
  amountMicro: bigint;
  refBlockNumber: number;
  refBlockId: string;
  expirationMs: number;
  timestampMs: number;
  feeLimitSun: bigint;
};

/**
 * What a node said to a broadcast. Decides nothing: only the chain shows whether a transaction is in or dead.
 * `code` is java-tron's, or UNREACHABLE (nothing was heard), UNREADABLE (another shape), TXID_MISMATCH (accepted under another id).
 */
export type SendAnswer = { accepted: boolean; code: string | null; message: string | null };

export type Balances = { trxSun: bigint; tokenMicro: bigint };

export type TokenState = {
  paused: boolean;
  deprecated: boolean;
  feeBasisPoints: number;
  walletBlacklisted: boolean;
};

/** What keeps a recipient from what arrives at its address. */
export type AddressState = {
  /** The token lets nothing out of it. */
  blacklisted: boolean;
  /** The key that the address is made of does not control it alone: its owner permission was given to others, or to several. */
  keyMoved: boolean;
};

/** Live prices; they change by vote. Energy per unit, bandwidth per byte. */
export type Prices = { energySun: bigint; bandwidthSun: bigint; maxFeeLimitSun: bigint };

export type Resources = { energy: bigint; bandwidth: bigint };

export type ChainPort = {
  readonly name: NetworkName;
  readonly token: string;

  /** Id of block 0: what makes this chain this chain. */
  genesisBlockId(): Promise<Reading<string>>;
  /** Newest block, may still be reorganised away. */
  head(): Promise<Reading<Block>>;
  /** Newest block that can no longer be reorganised away. */
  solidHead(): Promise<Reading<Block>>;
  /**
   * Solidified blocks with from <= number < to, ascending, gapless and parent-linked; at most 100 at a time.
   * A range the node cannot serve in full is `unknown`, never shorter.
   */
  solidBlocks(from: number, to: number): Promise<Reading<Block[]>>;
  /** Solidified balances. An account that the chain does not know (yet) is `unknown`, not zero. */
  balances(address: string): Promise<Reading<Balances>>;
  /** Energy and bandwidth the account may use now without burning TRX. */
  resources(address: string): Promise<Reading<Resources>>;
  /** The switches of the token that stop a run; `wallet` is the sender. */
  tokenState(wallet: string): Promise<Reading<TokenState>>;
  /** What the newest block says of a recipient; of an address that the chain does not know yet nothing speaks against it. */
  addressState(address: string): Promise<Reading<AddressState>>;
  /** Energy one transfer would use now, by simulation. A simulated revert is `unknown` with the node's message. */
  estimateEnergy(
    from: string,
    to: string,
    amountMicro: bigint,
  ): Promise<Reading<{ energy: bigint }>>;
  prices(): Promise<Reading<Prices>>;
  /** Builds the token transfer locally, without network. Throws TronError for input that no transfer may have. */
  buildTransfer(request: TransferRequest): Promise<UnsignedTransfer>;
  /** Sends exactly these bytes. Never throws. */
  send(signedHex: string): Promise<SendAnswer>;
  /** Solidified receipt; null only when the node answered that it does not know the transaction. */
  receipt(txid: string): Promise<Reading<Receipt | null>>;
  /**
   * Token transfers out of the wallet in blocks from <= number < to, ascending, from the JSON-RPC log query.
   * Not limited to solidified blocks: ask for no more than the solidified height. `unknown` without a `jsonrpc` endpoint.
   */
  transfersOut(wallet: string, from: number, to: number): Promise<Reading<TransferLog[]>>;
  /** Token transfers to the wallet, otherwise as `transfersOut`. */
  transfersIn(wallet: string, from: number, to: number): Promise<Reading<TransferLog[]>>;
  /**
   * Confirmed token transfers out of the wallet in blocks with fromMs <= time <= toMs, ascending, from an account history.
   * It is filled some seconds after the block. Null when the endpoint has none.
   */
  readonly historyOut:
    | ((wallet: string, fromMs: number, toMs: number) => Promise<Reading<HistoryTransfer[]>>)
    | null;
};

/** What a transfer is for: the payout, the debit that decided it, and where the books of whoever asks stand. */
export type SignOrder = {
  payoutId: string;
  /** From 1. */
  attempt: number;
  /** Fencing token of the payer's lease. */
  fence: number;
  debit: { account: string; seq: number; hash: string; grossMicro: bigint; policy: number };
  /** The last entry of the debit's account. */
  head: { seq: number; hash: string };
};

/** Signs transfers with one key. Signing the same transfer twice gives the same bytes (RFC 6979). */
export type Signer = {
  readonly address: string;
  /**
   * Returns the signed transaction, hex. Throws TronError unless the bytes are exactly the transfer that the fields state;
   * `tron.signer.refused` and `tron.signer.unreachable` when a signer of its own does not sign it, for now or ever.
   */
  sign(unsigned: UnsignedTransfer, order: SignOrder): string | Promise<string>;
};

/** A signer that holds the key in this process and needs no order. */
export type LocalSigner = Signer & { sign(unsigned: UnsignedTransfer): string };
