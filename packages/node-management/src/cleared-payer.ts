import {
  type Clearance,
  createClearance,
  describeSigner,
  type Funds,
  type PayerSetup,
} from "./clearance/index.ts";
import type { Payer, Payouts } from "./payouts/index.ts";
import type { Treasury } from "./treasury/index.ts";

export type ClearedDeps = Pick<
  Parameters<typeof createClearance>[0],
  "network" | "clock" | "policies" | "documents"
> & {
  readonly treasury: Treasury;
  readonly payouts: () => Pick<Payouts, "plan" | "solvency">;
};

/** What pays and what is asked before it pays, behind the switch of its chain. */
export type ClearedPayer = {
  readonly clearance: Clearance;
  readonly payer: Payer;
  readonly treasury: Treasury;
};

export const createClearedPayer = (
  payer: Payer,
  { payouts, treasury, ...deps }: ClearedDeps,
): ClearedPayer => {
  const clearance = createClearance({
    ...deps,
    treasury,
    chains: payer.chains,
    wallet: payer.signer.address,
    genesisBlockId: payer.genesisBlockId,
    setup: payer.setup ?? withoutSetup(payer),
    funds: () => readFunds(payouts()),
  });
  return {
    clearance,
    payer: { ...payer, signer: clearance.guard(payer.signer) },
    treasury: { ...treasury, gate: () => clearance.gate() },
  };
};

/** Made in this process without settings: where money is real, nothing that it asks can be checked. */
const withoutSetup = ({ chains }: Payer): PayerSetup => ({
  requiresCheck: chains[0].name === "mainnet",
  hosts: [],
  historyHost: null,
  signer: null,
  ourUid: 0,
  readableKeys: () => [],
});

const readFunds = async ({
  plan: readPlan,
  solvency: readSolvency,
}: Pick<Payouts, "plan" | "solvency">): Promise<Funds | null> => {
  const plan = await readPlan();
  const solvency = await readSolvency();
  if (plan === null || solvency === null) return null;
  const { payouts, costs } = plan;
  return {
    heldMicro: solvency.held.usdtMicro,
    heldSun: solvency.held.trxSun,
    heldEnergy: costs.resources?.energy ?? null,
    dueMicro: payouts.reduce((sum, { netMicro }) => sum + netMicro, 0n),
    payouts: payouts.length,
    energy: costs.energy,
    burnedSun: costs.burnedSun,
    unknown: [...new Set([...costs.unknown, ...solvency.unknown])],
  };
};

export const createSignerWords = (payer: Payer | null): (() => Promise<string>) | null => {
  const setup = payer?.setup;
  return setup === undefined ? null : () => describeSigner(setup);
};
