import { createTokens } from "@lucid/platform/http";
import { type Documents, openDocuments } from "@lucid/platform/documents";
import { createTestClock, type TestClock } from "@lucid/platform/clock";
import { ed25519PublicKey, signMessage, signObject, tokenText, toHex } from "@lucid/protocol";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createTestNode, testNetwork } from "../testing/index.ts";
import { type Access, accessCollections, createAccess } from "./index.ts";

const network = testNetwork();
const node = createTestNode(network, "a");
const adminSeed = new Uint8Array(32).fill(7);
const adminKey = toHex(ed25519PublicKey(adminSeed));

let clock: TestClock;
let access: Access;
let documents: Documents;
let tokens: ReturnType<typeof createTokens>;
let drawn = 0;

beforeEach(async () => {
  documents = await openDocuments({ engine: "sqlite", path: ":memory:" }, accessCollections);
  clock = createTestClock(1_800_000_000_000);
  tokens = createTokens({
    key: new Uint8Array(32).fill(1),
    issuer: network.networkId,
    clock,
  });
  access = createAccess(
    {
      network,
      documents,
      clock,
      tokens,
      randomBytes: (length) => new Uint8Array(length).fill((drawn += 1)),
      members: {
        isNode: (id) => id === node.nodeId,
        ownerIdOf: (address) => (address === node.address ? "owner_a" : null),
      },
    },
    {
      peopleKeys: { admin: [adminKey], operator: [], treasurer: [], auditor: [] },
      challengeSecret: new Uint8Array(32).fill(2),
    },
  );
});

afterEach(() => documents[Symbol.asyncDispose]());

const byKey = (seed: Uint8Array, made = access.challenge(), id = network.networkId) => {
  const publicKey = toHex(ed25519PublicKey(seed));
  const { challenge, expiresAt } = made;
  const signed = { challenge, public_key: publicKey, expires_at: expiresAt };
  return { challenge, expiresAt, publicKey, signature: signObject("token", id, signed, seed) };
};

const byWallet = (walletKey: string, address: string) => {
  const { challenge, expiresAt } = access.challenge();
  const text = tokenText({ networkId: network.networkId, address, challenge, expiresAt });
  return { challenge, expiresAt, address, signature: signMessage(walletKey, text) };
};

describe("sign-in", () => {
  it("gives a node, an owner and an admin a token for an hour", async () => {
    const answers = [byKey(node.seed), byWallet(node.walletKey, node.address), byKey(adminSeed)];
    const verdicts = await Promise.all(answers.map((answer) => access.signIn(answer)));
    expect(verdicts).toMatchObject([
      { principal: { kind: "node", id: node.nodeId, roles: ["node"] } },
      { principal: { kind: "owner", id: "owner_a", roles: ["owner"] } },
      { principal: { kind: "person", roles: ["admin"] } },
    ]);
    const [first] = verdicts;
    const token = first?.outcome === "signed_in" ? first.token : "";
    expect(await tokens.verify(token)).toMatchObject({ principal: { id: node.nodeId } });
    await clock.advance(3_600_000);
    expect(await tokens.verify(token)).toMatchObject({ code: "access.expired" });
  });

  it("takes a challenge once, also when it is answered twice at once", async () => {
    const answer = byKey(node.seed);
    const outcomes = (await Promise.all([access.signIn(answer), access.signIn(answer)])).map(
      ({ outcome }) => outcome,
    );
    expect(outcomes.toSorted()).toEqual(["refused", "signed_in"]);
    expect(await access.signIn(answer)).toMatchObject({ code: "access.challenge" });
  });

  it("leaves a challenge open after a wrong answer", async () => {
    const answer = byKey(node.seed);
    const wrong = { ...answer, signature: "00".repeat(64) };
    expect(await access.signIn(wrong)).toMatchObject({ code: "access.signature" });
    expect(await access.signIn(answer)).toMatchObject({ outcome: "signed_in" });
  });

  it("refuses challenges that are old, changed or made up", async () => {
    const answer = byKey(node.seed);
    const later = byKey(node.seed, { ...access.challenge(), expiresAt: answer.expiresAt + 1 });
    expect(await access.signIn(later)).toMatchObject({ code: "access.challenge" });
    const madeUp = byKey(node.seed, { challenge: "ab".repeat(32), expiresAt: answer.expiresAt });
    expect(await access.signIn(madeUp)).toMatchObject({ code: "access.challenge" });
    await clock.advance(300_000);
    expect(await access.signIn(answer)).toMatchObject({ code: "access.challenge" });
  });

  it("refuses strangers, and other networks' signatures", async () => {
    const stranger = new Uint8Array(32).fill(9);
    expect(await access.signIn(byKey(stranger))).toMatchObject({ code: "access.unknown_key" });
    const foreign = byKey(node.seed, access.challenge(), "11".repeat(32));
    expect(await access.signIn(foreign)).toMatchObject({ code: "access.signature" });
    const otherWallet = byWallet("33".repeat(32), node.address);
    expect(await access.signIn(otherWallet)).toMatchObject({ code: "access.signature" });
  });
});
