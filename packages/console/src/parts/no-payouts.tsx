import { useOperation } from "../api/service.ts";
import { formatAmount } from "../format/money.ts";
import { Empty } from "./empty.tsx";

/** Nobody was paid so far: from when on somebody will be, or why not. */
export const NoPayouts = () => {
  const rules = useOperation("getPayoutThreshold", {}).data?.value;
  const state = useOperation("getNetwork", {}).data?.value.payouts;
  return (
    <Empty title="No payouts yet.">
      {state?.state === "not_configured"
        ? `Payouts are not set up: ${state.reason ?? "no reason given"}.`
        : rules !== undefined &&
          `An owner is paid when its balance reaches ${formatAmount(rules.threshold_usdt)} USDT.`}
    </Empty>
  );
};
