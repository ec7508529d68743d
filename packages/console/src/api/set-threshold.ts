import { readAgain } from "./service.ts";
import { clientOf, type Session } from "./session.ts";

/** From which balance (USDT, like `25.5`) on an owner wants to be paid; `0` takes it back. Throws ApiError when it is refused. */
export const setThreshold = async (
  session: Session,
  ownerId: string,
  usdt: string,
): Promise<void> => {
  const params = { owner_id: ownerId };
  await clientOf(session).call("setOwnerThreshold", { params, body: { threshold_usdt: usdt } });
  await readAgain(["getOwner", "listOwners", "getPayoutPlan"]);
};
