import { checkStatement, type Statement } from "../../model/statement.ts";
import { Money } from "../../parts/money.tsx";

/** From the opening to the closing balance, and whether the lines say the same. */
export const StatementTotals = ({ statement }: { statement: Statement }) => {
  const check = checkStatement(statement);
  return (
    <>
      <dl className="sum">
        <Term name="Opening" usdt={statement.opening_usdt} />
        <Term name="Earned" usdt={statement.earned_usdt} signed />
        <Term name="Payouts" usdt={statement.payouts_usdt} signed />
        <Term name="Forfeited" usdt={statement.forfeited_usdt} signed />
        <Term name="Other" usdt={statement.other_usdt} signed />
        <Term name="Closing" usdt={statement.closing_usdt} />
      </dl>
      <p className={check.holds && statement.adds_up ? "note" : "problem"}>
        In USDT.{" "}
        {check.holds
          ? "The lines add up, recomputed in this browser"
          : `Does not add up: ${check.reason}`}
        {statement.adds_up
          ? "; the service checked the hash chain."
          : "; the service found a break in it."}
      </p>
    </>
  );
};

type TermProps = { readonly name: string; readonly usdt: string; readonly signed?: boolean };

const Term = ({ name, usdt, signed = false }: TermProps) => (
  <div>
    <dt>{name}</dt>
    <dd>
      <Money usdt={usdt} signed={signed} />
    </dd>
  </div>
);
