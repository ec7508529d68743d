import { enrolmentFields } from "../enrolment.ts";
import type { Enrolment } from "../enrolment.ts";
import { fields, hex, integer, listOf, oneOf, text, withRules } from "../fields.ts";
import type { Check } from "../fields.ts";
import type { AddressChange, AddressChangeCancellation, Commitment, KeyChange } from "./types.ts";
import { addressCheck, nodeIdCheck, ownerIdCheck, ruleProblems } from "./value-checks.ts";

export const keyChangeCheck = withRules(
  fields<KeyChange>(
    {
      role: oneOf("network", "log", "root"),
      old: hex(32),
      new: hex(32),
      seq: integer(),
      succeeds: fields<NonNullable<KeyChange["succeeds"]>>({
        origin: text(),
        size: integer(),
        root: hex(32),
        new_origin: text(),
      }),
      signatures: listOf(
        fields<KeyChange["signatures"][number]>({ key: hex(32), signature: hex(64) }),
      ),
    },
    ["succeeds"],
  ),
  ({ signatures }: KeyChange, pointer) =>
    ruleProblems(
      signatures.every(({ key }, i) => i === 0 || (signatures[i - 1]?.key ?? "") < key),
      `${pointer}/signatures`,
      "must ascend by key, each key once",
    ),
);

export const enrolmentCheck = withRules(enrolmentFields, ({ address }: Enrolment, pointer) =>
  addressCheck(address, `${pointer}/address`),
);

const changeFields = fields<AddressChange>(
  {
    owner_id: ownerIdCheck,
    node_id: nodeIdCheck,
    old_address: addressCheck,
    new_address: addressCheck,
    seq: integer(),
    new_wallet_signature: hex(65),
    old_wallet_signature: hex(65),
    signature: hex(64),
  },
  ["old_wallet_signature"],
);

const cancellationFields = fields<AddressChangeCancellation>({
  owner_id: ownerIdCheck,
  seq: integer(),
  wallet_signature: hex(65),
});

/** A cancellation is told by the one signature that it carries. */
export const addressChangeCheck: Check = (value, pointer) => {
  const isCancellation =
    typeof value === "object" && value !== null && Object.hasOwn(value, "wallet_signature");
  return (isCancellation ? cancellationFields : changeFields)(value, pointer);
};

export const commitmentCheck = fields<Commitment>({
  node_id: nodeIdCheck,
  epoch: integer(),
  anchor: hex(32),
  signature: hex(64),
});
