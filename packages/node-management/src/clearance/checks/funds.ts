import { type Finding, failed, fine, unknown } from "@lucid/platform/checks";
import { slotAt } from "@lucid/protocol";
import { toTrx, toUsdt } from "../../shared/view.ts";
import type { ClearanceContext, Funds } from "../contract.ts";

const fix = "send it to the wallet and record it with `lucid admin treasury record`";

/** Whether the wallet holds what is due, or one smallest payout, and what sending it burns. */
export const checkFunds = async (context: ClearanceContext): Promise<Finding> => {
  const funds = await context.funds();
  if (funds === null) return unknown("nothing pays here");
  const { heldMicro, heldSun, heldEnergy, energy, burnedSun } = funds;
  if (
    heldMicro === null ||
    heldSun === null ||
    heldEnergy === null ||
    energy === null ||
    burnedSun === null
  )
    return unknown(funds.unknown.join("; ") || "the wallet could not be read", fix);
  const { genesis } = context.network;
  const { payout } = context.policies.forSlot(slotAt(genesis, context.clock.now()));
  const neededMicro = bigger(funds.dueMicro, BigInt(payout.minimum_micro));
  if (heldMicro < neededMicro)
    return failed(`it holds ${toUsdt(heldMicro)} USDT of ${toUsdt(neededMicro)} that are due`, fix);
  return judgeFees(funds, { heldSun, heldEnergy, energy, burnedSun, heldMicro });
};

type Known = Record<"heldMicro" | "heldSun" | "heldEnergy" | "energy" | "burnedSun", bigint>;

const judgeFees = ({ payouts }: Funds, known: Known): Finding => {
  const { heldMicro, heldSun, heldEnergy, energy, burnedSun } = known;
  const count = bigger(BigInt(payouts), 1n);
  const neededSun = burnedSun * count;
  if (heldSun < neededSun && heldEnergy < energy * count)
    return failed(
      `it holds ${toTrx(heldSun)} TRX, and the run may burn ${toTrx(neededSun)} TRX`,
      "send TRX to the wallet, or stake for energy",
    );
  return fine(`${toUsdt(heldMicro)} USDT and ${toTrx(heldSun)} TRX for ${payouts} payouts`);
};

const bigger = (a: bigint, b: bigint): bigint => (a > b ? a : b);
