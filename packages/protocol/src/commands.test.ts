import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkCommand, type Command, commandId, commandNumber } from "./commands.ts";
import { sha256, toHex, utf8 } from "./bytes.ts";
import { nodeId } from "./identity.ts";
import { ed25519PublicKey, signObject } from "./signatures.ts";

const networkId = "ab".repeat(32);
const networkSeed = sha256(utf8("network"));
const networkKey = toHex(ed25519PublicKey(networkSeed));
const node = nodeId(toHex(ed25519PublicKey(sha256(utf8("node")))));
const other = nodeId(toHex(ed25519PublicKey(sha256(utf8("other")))));
const scene = { nodeId: node, networkKey, nowMs: 1000, lastNumber: 4 };

const signed = (changes: Partial<Command> = {}, seed = networkSeed): Command => {
  const fields = { id: commandId(node, 5), node_id: node, action: "stop", expires_at: 1001 };
  const command = { ...fields, ...changes } as Command;
  return { ...command, signature: signObject("command", networkId, command, seed) };
};
const codeOf = (command: unknown, changes: Partial<typeof scene> = {}) => {
  const verdict = checkCommand(networkId, command, { ...scene, ...changes });
  return verdict.ok ? "ok" : verdict.code;
};

describe("a command", () => {
  it("is run by the node it is for, before it expires, once", () => {
    expect(codeOf(signed())).toBe("ok");
    expect(codeOf(signed(), { nodeId: other })).toBe("node");
    expect(codeOf(signed(), { nowMs: 1001 })).toBe("expired");
    expect(codeOf(signed(), { lastNumber: 5 })).toBe("replayed");
    expect(codeOf(signed({ id: commandId(other, 5) }))).toBe("node");
  });

  it("counts only with the network key's signature over exactly what it says", () => {
    expect(codeOf(signed({}, sha256(utf8("somebody"))))).toBe("signature");
    expect(checkCommand("cd".repeat(32), signed(), scene)).toMatchObject({ code: "signature" });
    fc.assert(
      fc.property(
        fc.constantFrom(
          { id: commandId(node, 6) },
          { action: "start" as const },
          { expires_at: 2000 },
          { signature: "00".repeat(64) },
        ),
        (change) => codeOf({ ...signed(), ...change }) === "signature",
      ),
    );
  });

  it("that is none is refused whatever it is", () => {
    fc.assert(fc.property(fc.anything(), (value) => codeOf(value) === "malformed"));
    expect(codeOf({ ...signed(), more: 1 })).toBe("malformed");
    expect(codeOf(signed({ id: `${node}#05` }))).toBe("node");
  });

  it("has a number that its id tells", () => {
    fc.assert(
      fc.property(fc.nat({ max: 2 ** 48 }), (number) => {
        expect(commandNumber(node, commandId(node, number))).toBe(number);
        expect(commandNumber(other, commandId(node, number))).toBeNull();
      }),
    );
  });
});
