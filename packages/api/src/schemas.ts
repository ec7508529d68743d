import { Type, type TSchema } from "typebox";
import { DEFAULT_LIMIT, FURTHEST_PAGE } from "./pagination.ts";

/** Shapes that many operations share. Money is a decimal string with six places, time is ISO-8601 UTC. */
const id = (prefix: string, length: number) =>
  Type.String({
    pattern: `^${prefix}_[a-z2-7]{${length}}$`,
    description: `${prefix} id: ${prefix}_ and ${length} of a-z, 2-7`,
  });
export const NodeId = id("node", 32);
export const OwnerId = id("owner", 32);
export const PayoutId = id("payout", 26);
export const HoldId = id("hold", 26);
export const PoolId = Type.String({
  pattern: "^pool_[a-z0-9]+(_[a-z0-9]+)*$",
  maxLength: 64,
  description: "pool id: pool_ and lower-case words of a-z, 0-9 joined by _, at most 64 characters",
});
/** The description ends up in the sentence for whoever sends something else, so that it says the form too. */
export const hex = (bytes: number, description: string) =>
  Type.String({
    pattern: `^[0-9a-f]{${bytes * 2}}$`,
    description: `${bytes * 2} lower-case hex digits: ${description}`,
  });
export const Address = Type.String({
  minLength: 1,
  maxLength: 64,
  description: "TRON address, base58check (T…)",
});
export const Usdt = Type.String({
  pattern: "^-?(0|[1-9][0-9]*)\\.[0-9]{6}$",
  description: "USDT with six places",
});
/** What a person writes: seven decimals, signs and exponents are refused. */
export const UsdtInput = Type.String({
  pattern: "^(0|[1-9][0-9]{0,11})(\\.[0-9]{1,6})?$",
  description: "USDT with at most six decimals, like 8.03",
});
/** Characters that command a terminal, break a line or turn the direction of reading: what stands beside them lies. */
const commanding = "\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069";
/** What a person writes beside a decision; others read it in terminals, for as long as the records are kept. */
export const Reason = Type.String({
  minLength: 3,
  maxLength: 500,
  pattern: `^[^${commanding}]*[^\\s${commanding}][^${commanding}]*$`,
  description:
    "why, for the record: 3 to 500 characters in one line, none of them a control character",
});
export const Time = Type.String({ format: "date-time", description: "ISO-8601, UTC" });
export const Slot = Type.Integer({ minimum: 0, maximum: 2 ** 48, description: "slot number" });
export const Epoch = Type.Integer({ minimum: 0, maximum: 2 ** 48, description: "epoch number" });
export const BasisPoints = Type.Integer({ minimum: 0, maximum: 10000, description: "0..10000" });
export const nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()]);

/** A body that is no JSON object: the service takes and gives its bytes as they are. */
export const bytes = (mediaType: string, description: string) =>
  Type.Unsafe<Uint8Array>({ contentMediaType: mediaType, description });

export const object = <T extends Record<string, TSchema>>(properties: T, description?: string) =>
  Type.Object(properties, {
    additionalProperties: false,
    ...(description === undefined ? {} : { description }),
  });

export const pageQuery = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: FURTHEST_PAGE, description: "from 1" })),
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 100, description: `1..100, default ${DEFAULT_LIMIT}` }),
  ),
};

export const Pagination = object({
  page: Type.Integer(),
  limit: Type.Integer(),
  total: Type.Integer(),
  total_pages: Type.Integer(),
  has_next: Type.Boolean(),
  has_prev: Type.Boolean(),
});

export const list = <T extends TSchema>(item: T) =>
  object({ items: Type.Array(item), pagination: Pagination });

/** Where a fact stands in the public log, for whoever wants to see it there. */
export const Sealed = nullable(
  object(
    { slot: Slot, height: Type.Integer({ minimum: 0, description: "of the block" }) },
    "null while it is not sealed",
  ),
);

export const LogCheckpoint = object({
  size: Type.Integer({ minimum: 0, description: "blocks in the log" }),
  root: hex(32, "of the log's tree at that size"),
  signature: hex(64, "the log key's, over the text of that checkpoint"),
});
