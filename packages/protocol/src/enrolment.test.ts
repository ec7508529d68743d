import { describe, expect, test } from "vitest";
import edge from "../../../vectors/ed25519-edge.json" with { type: "json" };
import genesisVectors from "../../../vectors/genesis.json" with { type: "json" };
import vectors from "../../../vectors/identity.json" with { type: "json" };
import { checkEnrolment } from "./enrolment.ts";
import type { Enrolment } from "./enrolment.ts";
import { findEnrolmentNonce } from "./enrolment-pow.ts";
import { parseGenesis } from "./genesis.ts";
import { signObject } from "./signatures.ts";

const [given] = vectors.enrolments;
if (given === undefined) throw new Error("no enrolment in the vectors");
const good: Enrolment = given.enrolment;
const genesis = parseGenesis(genesisVectors.networks[1]?.genesis);
const seed = new Uint8Array(32).fill(1);
const torsionKey = edge.keys.find((key) => key.case === "torsion")?.public_key ?? "";
const smallKey = edge.keys.find((key) => key.case === "order 8")?.public_key ?? "";

function check(enrolment: object, networkId = given?.network_id ?? "") {
  return checkEnrolment(genesis, networkId, enrolment as Enrolment, {
    headerHashes: new Set([good.header_hash]),
  });
}

/** A change that the node itself makes: with work and signature done again. */
function resigned(change: Partial<Enrolment>): Enrolment {
  const changed = { ...good, ...change };
  const nonce = findEnrolmentNonce(
    given?.network_id ?? "",
    changed.header_hash,
    changed.public_key,
    8,
  );
  const enrolment = {
    ...changed,
    nonce,
    ...(change.nonce === undefined ? {} : { nonce: change.nonce }),
  };
  return { ...enrolment, signature: signObject("enrol", given?.network_id ?? "", enrolment, seed) };
}

describe("an enrolment", () => {
  test("is accepted once everything fits", () => {
    expect(check(good)).toEqual({ ok: true, nodeId: given.node_id, ownerId: given.owner_id });
    expect(check(resigned({}))).toMatchObject({ ok: true });
  });

  const otherWallet = vectors.enrolments[1]?.enrolment;
  test.each<[string, object]>([
    ["malformed", { ...good, seq: -1 }],
    ["malformed", { ...good, email: "someone@example.org" }],
    ["malformed", { ...good, public_key: good.public_key.toUpperCase() }],
    ["malformed", { ...good, wallet_signature: `0x${good.wallet_signature}` }],
    ["bad_address", { ...good, address: `${good.address.slice(0, -1)}1` }],
    ["bad_address", { ...good, address: "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb" }],
    ["header_hash", { ...good, header_hash: "11".repeat(32) }],
    ["pow", resigned({ nonce: "ffffffffffffffff" })],
    ["bad_key", resigned({ public_key: smallKey })],
    ["bad_key", resigned({ public_key: "ff".repeat(32) })],
    ["torsion", resigned({ public_key: torsionKey })],
    ["wrong_signature", { ...good, seq: 1 }],
    ["wrong_signature", { ...good, signature: "00".repeat(64) }],
    ["wallet_signature", resigned({ seq: 1 })],
    ["wallet_signature", resigned({ address: otherWallet?.address ?? "" })],
    ["wallet_signature", resigned({ wallet_signature: "00".repeat(65) })],
  ])("is refused: %s %#", (code, enrolment) => {
    const verdict = check(enrolment);
    expect(verdict).toMatchObject({ ok: false, code });
    expect("detail" in verdict && verdict.detail).toMatch(/.{20}/);
  });

  test("of another network is refused", () => {
    expect(check(good, "00".repeat(32))).toMatchObject({ ok: false });
  });

  test.each([null, undefined, [], "x", 7])("%s is answered, not thrown", (value) => {
    expect(check(value as unknown as object)).toMatchObject({ ok: false, code: "malformed" });
  });
});
