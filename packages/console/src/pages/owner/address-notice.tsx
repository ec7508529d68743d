import type { ResponseOf, Routes } from "@lucid/api";
import { Words } from "../../parts/words.tsx";

type Change = NonNullable<ResponseOf<Routes["getOwner"]>["address_change"]>;

/** What its owner has to see at once: where payouts are about to go, and what takes that back. */
export const AddressNotice = ({ change }: { change: Change | null }) =>
  change === null ? null : (
    <section className="notice" aria-labelledby="address-notice">
      <h2 id="address-notice">
        {change.with_old_wallet
          ? "The address changes, as both wallets said"
          : "The address changes, and the old wallet has not agreed"}
      </h2>
      <p>
        <Words text={change.why} />
      </p>
    </section>
  );
