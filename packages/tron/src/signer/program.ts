import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "@lucid/platform/clock";
import type { Log } from "@lucid/platform/log";
import { openUrl } from "@lucid/verify";
import { createKeySigner } from "../signer.ts";
import type { Refused } from "./answer.ts";
import { createChainView } from "./chain-view.ts";
import type { SignerConfig } from "./config.ts";
import { SignerFault } from "./fault.ts";
import { followLog } from "./follow-log.ts";
import { acceptJournal, makeJournal, openJournal } from "./journal.ts";
import { readWalletKey } from "./key-file.ts";
import { openLogStore } from "./log-store.ts";
import { createLogView } from "./log-view.ts";
import { serveSigner } from "./server.ts";
import { createSigning, type SigningOptions } from "./service.ts";
import { bindingOf, journalPath, markPath, readProfile, socketPath } from "./settings.ts";

type Deps = { readonly clock: Pick<Clock, "now" | "sleep">; readonly log: Log };

/** How often the log is read on. */
const FOLLOW_MS = 30_000;

export type RunningSigner = AsyncDisposable & { readonly address: string; readonly socket: string };

/**
 * Makes the journal of a wallet. Debits that were decided before `sinceMs` are never signed for: name an earlier moment
 * only when nobody else signed anything for this network since. Throws `signer.journal.exists`, and what `startSigner` throws.
 */
export const initSigner = (
  config: SignerConfig,
  { clock }: { readonly clock: Pick<Clock, "now"> },
  sinceMs = clock.now(),
): string => {
  const profile = readProfile(config);
  openLocal(config);
  mkdirSync(config.SIGNER_DATA_PATH, { recursive: true, mode: 0o700 });
  const opened = { ...bindingOf(config, profile), since_ms: sinceMs, at_ms: clock.now() };
  makeJournal(journalPath(config), opened, markPath(config));
  return journalPath(config);
};

/** Lets fencing tokens from `fence` on count again, while no signer runs; the reason stays in the journal. */
export const lowerFence = (
  config: SignerConfig,
  { clock }: { readonly clock: Pick<Clock, "now"> },
  { fence, reason }: { readonly fence: number; readonly reason: string },
): void => {
  using journal = openOf(config);
  const at_ms = Math.max(clock.now(), journal.lastMs());
  journal.add("lowered", { fence, reason, at_ms });
};

const openOf = (config: SignerConfig) =>
  openJournal(journalPath(config), bindingOf(config, readProfile(config)), markPath(config));

/** Goes on with a journal that lacks its last lines, while no signer runs; the reason stays in it. */
export const acceptOlderJournal = (
  config: SignerConfig,
  { clock }: { readonly clock: Pick<Clock, "now"> },
  reason: string,
): void =>
  acceptJournal(journalPath(config), bindingOf(config, readProfile(config)), {
    markPath: markPath(config),
    reason,
    at_ms: clock.now(),
  });

/** Takes a Transfer for known, and the payout that it paid for paid, while no signer runs; the reason stays in the journal. */
export const acceptTransfer = (
  config: SignerConfig,
  { clock }: { readonly clock: Pick<Clock, "now"> },
  { txid, payoutId, reason }: { txid: string; payoutId?: string | undefined; reason: string },
): void => {
  if (!/^[0-9a-f]{64}$/.test(txid))
    throw new SignerFault(
      "config.txid",
      `--transfer ${txid} is no transaction id of 64 hex digits`,
    );
  using journal = openOf(config);
  const at_ms = Math.max(clock.now(), journal.lastMs());
  const paid = payoutId === undefined ? {} : { payout_id: payoutId };
  if (!journal.isKnown(txid)) journal.add("foreign", { txid, ...paid, reason, at_ms });
};

/** Starts the signer and resolves once it answers. Throws what refuses to start: SignerFault, TronError. */
export const startSigner = async (
  config: SignerConfig,
  { clock, log }: Deps,
): Promise<RunningSigner> => {
  await using stack = new AsyncDisposableStack();
  const profile = readProfile(config);
  const local = openLocal(config);
  const journal = stack.use(openOf(config));
  const store = stack.use(openLogStore(join(config.SIGNER_DATA_PATH, "log.sqlite")));
  const { createChain } = await import("../tronweb/index.ts");
  const stop = new AbortController();
  const view = createLogView(
    { source: openUrl(config.SIGNER_LOG_URL), store },
    {
      networkId: config.SIGNER_NETWORK_ID,
      logKey: config.SIGNER_LOG_KEY,
      signal: stop.signal,
    },
  );
  const signing = createSigning(
    {
      journal,
      local,
      clock,
      log: view,
      chain: createChainView(
        profile.endpoints.map((endpoint) => createChain(profile, endpoint)),
        profile,
      ),
    },
    toOptions(config, profile),
  );
  const onProblem = (reason: string) => log.warn({ reason }, "the log cannot be read");
  stack.use(followLog({ view, clock, onProblem }, { everyMs: FOLLOW_MS, stop }));
  const socket = socketPath(config);
  const deps = {
    signing,
    onFault: (err: unknown) => log.error({ err }, "a request met a fault"),
    onAnswer: (asked: string, { ok, code, detail }: Partial<Refused>) =>
      log.info({ asked, ok, code, detail }, "answered"),
  };
  stack.use(await serveSigner(deps, { path: socket, gid: config.SIGNER_SOCKET_GROUP }));
  const running = stack.move();
  return { address: local.address, socket, [Symbol.asyncDispose]: () => running.disposeAsync() };
};

const openLocal = (config: SignerConfig) => {
  const path = config.SIGNER_KEY_FILE ?? join(config.SIGNER_DATA_PATH, "wallet.key");
  return createKeySigner({
    privateKeyHex: readWalletKey(path),
    profile: readProfile(config),
    expectedAddress: config.NODE_ADDRESS,
    maxFeeLimitSun: feeLimitOf(config),
  });
};

const feeLimitOf = ({ SIGNER_MAX_FEE_TRX }: SignerConfig): bigint =>
  BigInt(SIGNER_MAX_FEE_TRX) * 1_000_000n;

const toOptions = (config: SignerConfig, profile: SigningOptions["profile"]): SigningOptions => ({
  profile,
  delaySlots: config.SIGNER_DELAY_SLOTS,
  lifetimeMs: config.SIGNER_MAX_LIFETIME * 1000,
  isMarkApart: config.SIGNER_MARK_FILE !== undefined,
  caps: {
    payoutMicro: config.SIGNER_MAX_PAYOUT_USDT,
    hourMicro: config.SIGNER_HOUR_CAP_USDT,
    dayMicro: config.SIGNER_DAY_CAP_USDT,
    dayCount: config.SIGNER_DAY_COUNT,
    feeLimitSun: feeLimitOf(config),
  },
});
