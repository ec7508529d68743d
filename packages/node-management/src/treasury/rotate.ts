import { isAddress, slotAt, walletKey } from "@lucid/protocol";
import { Fault } from "../shared/fault.ts";
import type { RotateVerdict, TreasuryContext, WalletState, WalletStatus } from "./contract.ts";
import { readWallets } from "./start.ts";

/** The ledger takes up another wallet, and pays from that one only. The old one stays watched for ever. */
export const rotateTo = async (
  context: TreasuryContext,
  address: string,
): Promise<RotateVerdict> => {
  const problem = await findProblem(context, address);
  if (problem !== null) return refused("treasury.wallet", problem);
  const unfunded = await findUnfunded(context, address);
  if (unfunded !== null) return unfunded;
  const claimed = await claimProblem(context, address);
  if (claimed !== null) return refused("treasury.wallet", claimed);
  const { ledger, clock, policies, network } = context;
  const at = clock.now();
  const appended = await ledger.append({
    account: "network",
    key: walletKey(address),
    amountMicro: 0n,
    contra: [],
    policy: policies.forSlot(slotAt(network.genesis, at)).version,
    at,
  });
  if (appended.outcome === "conflict") throw new Fault(appended.code, appended.detail);
  return { outcome: "rotated", wallets: await readWalletStatus(context) };
};

const findProblem = async (context: TreasuryContext, address: string): Promise<string | null> => {
  if (!isAddress(address)) return "That is not a TRON address.";
  if (address === context.chains[0].token) return "That is the contract of the token.";
  const owner = context.ownerOf(address);
  if (owner !== null) return `${owner} is paid to that address.`;
  const wallets = await readWallets(context);
  const isUsed = wallets.some((wallet) => wallet.address === address);
  return isUsed ? "The ledger has paid from that wallet already; make a new one." : null;
};

/** Nothing pays from an address that nobody funded: a wrong one is seen here, before payouts wait for its key. */
const findUnfunded = async (
  { chains }: Pick<TreasuryContext, "chains">,
  address: string,
): Promise<Refused | null> => {
  const asked = await Promise.all(chains.map((chain) => chain.balances(address)));
  if (asked.some((held) => held.ok && held.value.trxSun > 0n)) return null;
  if (asked.some((held) => held.ok))
    return refused("treasury.wallet", "That wallet has no TRX to send with.");
  const reasons = asked.flatMap((held) => (held.ok ? [] : [held.reason])).join("; ");
  return asked.some((held) => !held.ok && held.code === "unknown")
    ? refused("treasury.wallet", `The chain does not show that wallet (${reasons}).`)
    : refused("treasury.unreachable", `The chain could not be asked: ${reasons}.`);
};

type Refused = Extract<RotateVerdict, { outcome: "refused" }>;

const refused = (code: Refused["code"], detail: string): Refused => ({
  outcome: "refused",
  code,
  detail,
});

const claimProblem = async (
  { claimAddress, ownerOf }: Pick<TreasuryContext, "claimAddress" | "ownerOf">,
  address: string,
): Promise<string | null> => {
  const isOurs = (await claimAddress(address, "network")) && ownerOf(address) === null;
  return isOurs ? null : "An owner is taking that address just now; use another one.";
};

/** All wallets, the oldest first, and what each is for. */
export const readWalletStatus = async ({
  ledger,
  network,
  attempts,
  wallets,
}: Pick<TreasuryContext, "ledger" | "network" | "attempts" | "wallets">): Promise<
  WalletStatus[]
> => {
  const bound = await readWallets({ ledger, network });
  const draining = new Set((await attempts.inFlight()).map(({ wallet }) => wallet));
  return Promise.all(
    bound.map(async ({ address }, index) => {
      const isLast = index === bound.length - 1;
      const left: WalletState = draining.has(address) ? "draining" : "retired";
      return { address, state: isLast ? "active" : left, position: await wallets.get(address) };
    }),
  );
};
