import {
  type Arbitrary,
  bigInt,
  dictionary,
  jsonValue,
  oneof,
  option,
  record,
  string,
  uint8Array,
} from "fast-check";
import type { Parcel } from "./fixtures.ts";

/** Text that can be stored: no NUL, no half of a surrogate pair. */
const text = () =>
  string({ unit: "binary", maxLength: 40 }).filter((value) => !value.includes("\0"));
const int64s = () => bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const json = (): Arbitrary<unknown> =>
  jsonValue({ stringUnit: "binary" })
    .map((value) => JSON.stringify(value))
    .filter((value) => !value.includes("\\u0000"))
    .map((value): unknown => JSON.parse(value));
/** JSON Schema's pattern for any key does not match a line break. */
const key = () => text().filter((value) => !/[\n\r\u2028\u2029]/.test(value));

export function anyParcel(): Arbitrary<Parcel> {
  const inside = oneof(text(), uint8Array({ maxLength: 40 }), int64s());
  return record(
    {
      id: text().filter((id) => id.length > 0),
      label: text(),
      content: option(uint8Array({ maxLength: 200 })),
      weight: option(int64s()),
      notes: dictionary(key(), inside, { noNullPrototype: true }),
      anything: json(),
    },
    { requiredKeys: ["id", "label"], noNullPrototype: true },
  );
}
