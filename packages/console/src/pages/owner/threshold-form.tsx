import type { ResponseOf, Routes } from "@lucid/api";
import { useState, type FormEvent } from "react";
import { useAttempt } from "../../api/attempt.ts";
import { useOperation } from "../../api/service.ts";
import type { Session } from "../../api/session.ts";
import { setThreshold } from "../../api/set-threshold.ts";
import { formatAmount } from "../../format/money.ts";
import { formatBasisPoints } from "../../format/numbers.ts";
import { isUsdt, thresholdInForce } from "../../model/threshold.ts";
import { Refused } from "../../parts/refused.tsx";

type Owner = ResponseOf<Routes["getOwner"]>;
type Props = { readonly session: Session; readonly owner: Owner };

/** From which balance on its owner wants to be paid. */
export const ThresholdForm = ({ session, owner }: Props) => {
  const rules = useOperation("getPayoutThreshold", {}).data?.value;
  return rules === undefined ? null : <FormOf session={session} owner={owner} rules={rules} />;
};

type Rules = ResponseOf<Routes["getPayoutThreshold"]>;

const FormOf = ({ session, owner, rules }: Props & { readonly rules: Rules }) => {
  const [written, setWritten] = useState<string | null>(null);
  const { refused, isBusy, attempt } = useAttempt();
  const inForce = formatAmount(thresholdInForce(owner, rules)).replaceAll(",", "");
  const usdt = (written ?? inForce).trim();
  const set = async (wanted: string) => {
    await setThreshold(session, owner.owner_id, wanted);
    setWritten(null);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    attempt(async () => {
      if (!isUsdt(usdt)) throw new Error(`“${usdt}” is no amount of USDT: write it like 25.50.`);
      await set(usdt);
    });
  };
  return (
    <form className="row" onSubmit={submit}>
      <label>
        Pay me once my balance reaches{" "}
        <input
          inputMode="decimal"
          autoComplete="off"
          required
          size={10}
          aria-describedby="threshold-rules"
          value={written ?? inForce}
          onChange={(event) => setWritten(event.target.value)}
        />{" "}
        USDT
      </label>
      <button type="submit" disabled={isBusy}>
        Set
      </button>
      {owner.threshold_usdt !== NONE && (
        <button type="button" disabled={isBusy} onClick={() => attempt(() => set("0"))}>
          Back to the network&apos;s {formatAmount(rules.threshold_usdt)} USDT
        </button>
      )}
      <Refused why={refused} />
      <p id="threshold-rules" className="note">
        {rulesInWords(rules)}
      </p>
    </form>
  );
};

const NONE = "0.000000";

const rulesInWords = (rules: Rules): string =>
  `The network pays from ${formatAmount(rules.threshold_usdt)} USDT on, at most ${formatAmount(rules.maximum_usdt)} USDT at once; ` +
  `a payout costs ${formatBasisPoints(rules.fee_bp)} %, from ${formatAmount(rules.fee_min_usdt)} to ${formatAmount(rules.fee_max_usdt)} USDT. ` +
  "Less than the network's amount changes nothing.";
