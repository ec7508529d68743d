import { type CheckResult, runChecks } from "@lucid/platform/checks";
import type { Documents } from "@lucid/platform/documents";
import { type Signer, TronError } from "@lucid/tron";
import { toMoment } from "../shared/view.ts";
import { insertOrFind } from "../shared/written.ts";
import { checkBooks } from "./checks/books.ts";
import { judgeCaps } from "./checks/caps.ts";
import { checkClock } from "./checks/clock.ts";
import { checkEndpoints, judgeHosts } from "./checks/endpoints.ts";
import { checkFunds } from "./checks/funds.ts";
import { checkHistory, judgeHistory } from "./checks/history.ts";
import { judgeSigner } from "./checks/signer.ts";
import type { Clearance, ClearanceContext, ClearanceStatus, GuardSigner } from "./contract.ts";
import { type ClearanceDocument, clearanceCollection } from "./documents.ts";
import { readScope, scopeChanges, scopeToId } from "./scope.ts";
import { readSigner, type SignerReading } from "./signer-view.ts";

export type ClearanceDeps = Omit<ClearanceContext, "clearances"> & {
  readonly documents: Pick<Documents, "collection">;
};

/** Everything is read from a chain that may be slow; what takes longer is unknown. */
const TIMEOUT_MS = 60_000;

/** The switch for a chain where money is real: off until somebody enabled exactly this set-up, after checks. */
export const createClearance = ({
  documents,
  ...deps
}: ClearanceDeps): Clearance & { readonly guard: GuardSigner } => {
  const clearances = documents.collection(clearanceCollection);
  const context: ClearanceContext = { ...deps, clearances };
  const status = () => readStatus(context);
  const check = async () => checkAll(context, await readSigner(deps.setup));
  return {
    check,
    status,
    enable: async ({ by, reason }) => {
      const signer = await readSigner(deps.setup);
      const checks = await checkAll(context, signer);
      if (!signer.ok || checks.some(({ state }) => state !== "ok"))
        return { outcome: "refused", checks };
      const scope = readScope(context, signer.value);
      const { inserted, stored } = await insertOrFind(clearances, {
        id: scopeToId(scope),
        scope,
        by,
        at: deps.clock.now(),
        reason,
        checks: checks.map(({ name, detail }) => ({ name, detail })),
      });
      return { outcome: inserted ? "enabled" : "present", decision: stored };
    },
    gate: async () => {
      const { off } = await status();
      return off === null
        ? deps.treasury.gate()
        : { state: "stopped", reason: off, differences: [] };
    },
    guard: (signer) => guardSigner(signer, status),
  };
};

const checkAll = (context: ClearanceContext, signer: SignerReading): Promise<CheckResult[]> =>
  runChecks(
    [
      { name: "endpoints", look: () => checkEndpoints(context) },
      { name: "history", look: () => checkHistory(context) },
      { name: "clock", look: () => checkClock(context) },
      { name: "signer", look: () => judgeSigner(context, signer) },
      { name: "caps", look: () => judgeCaps(context, signer) },
      { name: "books", look: () => checkBooks(context) },
      { name: "funds", look: () => checkFunds(context) },
    ],
    { clock: context.clock, timeoutMs: TIMEOUT_MS },
  );

/** What costs nothing is looked at again each time: what was cleared must be what is there. */
const readStatus = async (context: ClearanceContext): Promise<ClearanceStatus> => {
  if (!context.setup.requiresCheck) return { required: false, off: null, decision: null };
  const signer = await readSigner(context.setup);
  const decision = signer.ok
    ? await context.clearances.get(scopeToId(readScope(context, signer.value)))
    : null;
  const why = await readWhyOff(context, signer, decision);
  const off = why === null ? null : `signing on ${context.chains[0].name} is off: ${why}`;
  return { required: true, off, decision };
};

const readWhyOff = async (
  context: ClearanceContext,
  signer: SignerReading,
  decision: ClearanceDocument | null,
): Promise<string | null> => {
  const cheap = [
    judgeSigner(context, signer),
    judgeHosts(context),
    judgeHistory(context),
    judgeCaps(context, signer),
  ];
  const found = cheap.find(({ state }) => state !== "ok");
  if (found !== undefined) return `${found.detail}; ${found.fix ?? "see lucid payouts check"}`;
  if (decision !== null || !signer.ok) return null;
  const [latest] = await context.clearances.find({ sort: [["at", "desc"]], limit: 1 });
  if (latest === undefined)
    return "nobody has enabled it yet (lucid payouts check, then lucid payouts enable)";
  const changes = scopeChanges(latest.scope, readScope(context, signer.value));
  return `since ${latest.by} enabled it on ${toMoment(latest.at)}, ${changes} (lucid payouts check, then lucid payouts enable)`;
};

const guardSigner = (signer: Signer, status: () => Promise<ClearanceStatus>): Signer => ({
  address: signer.address,
  sign: async (unsigned, order) => {
    const { off } = await status();
    if (off !== null) throw new TronError("tron.signer.refused", off, { code: "clearance.off" });
    return signer.sign(unsigned, order);
  },
});
