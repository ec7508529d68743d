import { Type, type Static } from "typebox";
import { Value } from "typebox/value";
import type { PayerSetup } from "./contract.ts";

const Status = Type.Object({
  address: Type.String(),
  network_id: Type.String(),
  chain: Type.String(),
  token: Type.String(),
  endpoints: Type.Integer(),
  journal: Type.Object({ since: Type.String() }),
  log: Type.Object({ problem: Type.Union([Type.String(), Type.Null()]) }),
  caps: Type.Object({
    payout_usdt: Type.String(),
    hour: Type.Object({ cap_usdt: Type.String() }),
    day: Type.Object({ cap_usdt: Type.String() }),
    day_count: Type.Object({ cap: Type.Integer() }),
  }),
});

/** The signer as this process sees it. */
export type SignerView = Static<typeof Status> & {
  readonly socketPath: string;
  readonly uid: number;
};

export type SignerReading =
  | { readonly ok: true; readonly value: SignerView }
  | { readonly ok: false; readonly isSetUp: boolean; readonly reason: string };

/** Asks the signer who it is; whom its socket belongs to is not its own word. */
export const readSigner = async ({ signer }: PayerSetup): Promise<SignerReading> => {
  if (signer === null)
    return { ok: false, isSetUp: false, reason: "the wallet's key is in this process" };
  try {
    const uid = signer.uid();
    if (uid === null) return away(`there is no socket ${signer.socketPath}`);
    const status = await signer.status();
    if (!Value.Check(Status, status)) return away("its status has another shape than expected");
    return { ok: true, value: { ...status, uid, socketPath: signer.socketPath } };
  } catch (error) {
    return away(error instanceof Error ? error.message : String(error));
  }
};

const away = (reason: string): SignerReading => ({ ok: false, isSetUp: true, reason });

/** One sentence about the signer, for readiness. */
export const describeSigner = async (setup: PayerSetup): Promise<string> => {
  const found = await readSigner(setup);
  if (!found.ok) return found.reason;
  const { address, uid, log, caps } = found.value;
  const trouble = log.problem === null ? "" : `; it cannot read the log: ${log.problem}`;
  return `user id ${uid} signs for ${address}, at most ${caps.day.cap_usdt} USDT a day${trouble}`;
};
