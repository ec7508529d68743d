/** State of one account after a block. Energy and bandwidth count what is used and when it was counted. */
export type Account = {
  /** A token transfer alone does not activate an account. */
  activated: boolean;
  trxSun: bigint;
  tokenMicro: bigint;
  energyLimit: number;
  energyUsed: number;
  energyUsedAtMs: number;
  bandwidthUsed: number;
  bandwidthUsedAtMs: number;
};

/** Switches of the token contract, with USDT's names. */
export type TokenSwitches = {
  paused: boolean;
  deprecated: boolean;
  basisPointsRate: number;
  maximumFeeMicro: bigint;
  blacklist: string[];
};

export const NEW_ACCOUNT: Account = {
  activated: false,
  trxSun: 0n,
  tokenMicro: 0n,
  energyLimit: 0,
  energyUsed: 0,
  energyUsedAtMs: 0,
  bandwidthUsed: 0,
  bandwidthUsedAtMs: 0,
};

export const NEW_TOKEN: TokenSwitches = {
  paused: false,
  deprecated: false,
  basisPointsRate: 0,
  maximumFeeMicro: 50_000_000n,
  blacklist: [],
};

/** Where a state is read from: the store at some height. */
export type StateSource = { account(address: string): Account | null; token(): TokenSwitches };

/** A state with changes on top that are only kept if somebody stores them. */
export type World = StateSource & {
  accountOrNew(address: string): Account;
  setAccount(address: string, account: Account): void;
  setToken(token: TokenSwitches): void;
  changes(): { accounts: Map<string, Account>; token: TokenSwitches | null };
  /** Takes over the changes of a world that was forked from this one. */
  adopt(fork: World): void;
};

export function createWorld(source: StateSource): World {
  const accounts = new Map<string, Account>();
  let changedToken: TokenSwitches | null = null;
  const account = (address: string) => accounts.get(address) ?? source.account(address);
  return {
    account,
    token: () => changedToken ?? source.token(),
    accountOrNew: (address) => account(address) ?? NEW_ACCOUNT,
    setAccount: (address, state) => accounts.set(address, state),
    setToken(token) {
      changedToken = token;
    },
    changes: () => ({ accounts, token: changedToken }),
    adopt(fork) {
      const changes = fork.changes();
      for (const [address, state] of changes.accounts) accounts.set(address, state);
      changedToken = changes.token ?? changedToken;
    },
  };
}
