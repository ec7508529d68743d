import type { Output } from "../program/index.ts";
import type { AddressChangeView } from "./change.ts";

/** Where the owner is paid, what comes, and what was. */
export const describeAddress = (
  address: string,
  changes: readonly AddressChangeView[],
  paint: Output["paint"],
): string =>
  [
    `${paint("dim", "paid at".padEnd(12))} ${paint("bold", address)}`,
    ...(changes.length === 0 ? ["The address was never changed."] : changes.map(line)),
  ].join("\n");

const line = ({ seq, state, old_address, new_address, why }: AddressChangeView): string =>
  `change ${seq}, ${state}: ${old_address} -> ${new_address}. ${why}`;
