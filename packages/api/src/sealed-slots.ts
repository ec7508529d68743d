import {
  decode,
  encode,
  frameLeaves,
  ProtocolError,
  type SignedCheckpoint,
  unframeLeaves,
} from "@lucid/protocol";
import { type Static, type TSchema, Type } from "typebox";
import { Check, Errors } from "typebox/value";
import { hex, LogCheckpoint, object, Slot } from "./schemas.ts";

const Seen = object({
  ...LogCheckpoint.properties,
  size: Type.Integer({ minimum: 1, description: "blocks in the log" }),
});

const Sealing = object({
  slot: Slot,
  observed: Type.Boolean({ description: "whether beacons could be heard at some moment" }),
  backlog: Type.Integer({ minimum: 0, description: "records left for the next slots" }),
  policy_hash: hex(32, "of the policy in force"),
  sealed_at: Type.Integer({ minimum: 0, description: "Unix milliseconds" }),
});

const Preface = object({ seen: Type.Optional(Seen) });

/** A slot as node-management sealed it; `body` is what `encodeBody` wrote. */
export type SealedSlot = Static<typeof Sealing> & { readonly body: Uint8Array };

/** What `POST /api/v1/blocks` is sent: slots that ascend without gaps, and the largest checkpoint known to anybody. */
export type AppendRequest = {
  readonly seen?: SignedCheckpoint;
  readonly slots: readonly SealedSlot[];
};

/** `u32(length) ‖ part` (big-endian) of JCS({seen?}), then for each slot of JCS of all its fields but `body`, and `body`. */
export const encodeAppend = ({ seen, slots }: AppendRequest): Uint8Array =>
  frameLeaves([
    encode(seen === undefined ? {} : { seen }),
    ...slots.flatMap(({ body, ...sealing }) => [encode(sealing), body]),
  ]);

/**
 * The request in bytes that `encodeAppend` wrote; bodies are views of `bytes` and not looked into.
 * Throws ProtocolError `append.framing`, `append.seen`, `append.slot` (with `details.index`) or `append.empty`.
 */
export const decodeAppend = (bytes: Uint8Array): AppendRequest => {
  const [preface, ...parts] = unframe(bytes);
  if (preface === undefined || parts.length === 0)
    throw new ProtocolError("append.empty", "no slot is sent: send at least one");
  if (parts.length % 2 !== 0)
    throw new ProtocolError("append.framing", "the last slot has no body: send both, framed");
  const { seen } = read({ code: "append.seen", name: "the first part" }, Preface, preface);
  const slots = Array.from({ length: parts.length / 2 }, (_, index) => ({
    ...read(placeOf(index), Sealing, partAt(parts, 2 * index)),
    body: partAt(parts, 2 * index + 1),
  }));
  return seen === undefined ? { slots } : { seen, slots };
};

/** What a part is called when it is refused. */
type Place = { readonly code: string; readonly name: string; readonly details?: { index: number } };

const placeOf = (index: number): Place => ({
  code: "append.slot",
  name: `slot ${index} of the request`,
  details: { index },
});

const partAt = (parts: readonly Uint8Array[], index: number): Uint8Array =>
  parts[index] ?? new Uint8Array();

const unframe = (bytes: Uint8Array): Uint8Array[] => {
  try {
    return unframeLeaves(bytes);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    const detail = "the parts do not fit the bytes: frame each as u32(length) ‖ part";
    throw new ProtocolError("append.framing", detail);
  }
};

const read = <S extends TSchema>(place: Place, schema: S, bytes: Uint8Array): Static<S> => {
  const value = decodeAt(place, bytes);
  if (Check(schema, value)) return value;
  const [first] = Errors(schema, value);
  throw refusal(place, `${first?.instancePath || "/"} ${first?.message ?? "does not fit"}`);
};

const decodeAt = (place: Place, bytes: Uint8Array): unknown => {
  try {
    return decode(bytes);
  } catch (error) {
    if (error instanceof ProtocolError) throw refusal(place, error.message);
    throw error;
  }
};

const refusal = ({ code, name, details }: Place, detail: string): ProtocolError =>
  new ProtocolError(code, `${name}: ${detail}`, details);

/**
 * The most bytes that an append, and so a body, may have in a network with this `max_body_bytes`. What never waits for
 * room may fill a body beyond that limit (100 000 commitments in one slot are 30 MB), and what is sealed has to be taken
 * and passed on, or the log would stand still for ever.
 */
export const largestAppendBytes = (maxBodyBytes: number): number =>
  Math.max(64 * 2 ** 20, 8 * maxBodyBytes);
