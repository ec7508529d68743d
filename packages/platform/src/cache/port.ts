/** How many were counted in a window, and how long it still lasts. */
export type Counted = { readonly sum: number; readonly leftMs: number };

export type CacheState = {
  /** Whether it is shared with other processes as configured. */
  readonly isShared: boolean;
  /** A sentence for people. */
  readonly detail: string;
};

/**
 * What several processes share and none needs: it may forget anything at any time. When the server behind it is away
 * each process goes on alone, so that no call fails because of it.
 */
export type Cache = AsyncDisposable & {
  /** What was set under a key, null when it expired or was forgotten. */
  get(key: string): Promise<string | null>;
  /** Keeps a value for `expireMs`, a whole number of at least 1. */
  set(key: string, value: string, options: { readonly expireMs: number }): Promise<void>;
  /** Adds to a counter, which begins anew once `windowMs` have passed since its first count. */
  count(key: string, amount: number, options: { readonly windowMs: number }): Promise<Counted>;
  /** Tells every subscriber of a channel: those of this process at once, others if they can be reached. */
  publish(channel: string, message: string): void;
  /** Calls `listener` with every message that is published from now on. Resolves once others are heard too. */
  subscribe(channel: string, listener: (message: string) => void): Promise<CacheSubscription>;
  state(): CacheState;
};

export type CacheSubscription = { unsubscribe(): void };
