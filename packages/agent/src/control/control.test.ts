import { commandId, ed25519PublicKey, nodeId, signObject, toHex } from "@lucid/protocol";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createControlMemory } from "../testing/world.ts";
import { openControl } from "./control.ts";

const networkId = "ab".repeat(32);
const seed = new Uint8Array(32).fill(2);
const other = new Uint8Array(32).fill(3);
const publicKeyOf = (key: Uint8Array) => toHex(ed25519PublicKey(key));
const node = nodeId(publicKeyOf(new Uint8Array(32).fill(7)));
const stranger = nodeId(publicKeyOf(other));

const signed = (
  number: number,
  action: string,
  { by = seed, to = node, expiresAt = 1000 } = {},
) => {
  const fields = { id: commandId(to, number), node_id: to, action, expires_at: expiresAt };
  return { ...fields, signature: signObject("command", networkId, fields, by) };
};

/** What goes over a network that loses, repeats and reorders, with what never should. */
const delivery = fc.record({
  number: fc.integer({ min: 0, max: 6 }),
  action: fc.constantFrom("start", "stop", "restart"),
  trouble: fc.constantFrom("none", "none", "none", "key", "node", "expired"),
  restarts: fc.boolean(),
});

test("whatever is handed over how often, each command is run at most once, and never a wrong one", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(delivery, { maxLength: 20 }), async (deliveries) => {
      const file = createControlMemory();
      const scene = { networkId, networkKey: publicKeyOf(seed), nodeId: node };
      const open = () => openControl({ file, now: () => 500 }, scene);
      let control = await open();
      const run: string[] = [];
      let stopped = false;
      for (const { number, action, trouble, restarts } of deliveries) {
        if (restarts) control = await open();
        const command = signed(number, action, {
          ...(trouble === "key" && { by: other }),
          ...(trouble === "node" && { to: stranger }),
          ...(trouble === "expired" && { expiresAt: 500 }),
        });
        for (const one of await control.obey([command, command])) {
          if (one.outcome !== "run") continue;
          expect(trouble).toBe("none");
          run.push(one.id);
          if (one.action !== "restart") stopped = one.action === "stop";
        }
        expect(control.isStopped()).toBe(stopped);
      }
      expect(new Set(run).size).toBe(run.length);
      const numbers = run.map((id) => Number(id.split("#")[1]));
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
      for (const id of run)
        expect((await file.read()).reports).toContainEqual({ id, outcome: "done" });
    }),
  );
});

test("nothing is run that could not be written down", async () => {
  const file = createControlMemory();
  const full = Object.assign(new Error("no space left on device"), { syscall: "write" });
  const broken = { ...file, write: () => Promise.reject(full) };
  const scene = { networkId, networkKey: publicKeyOf(seed), nodeId: node };
  const control = await openControl({ file: broken, now: () => 0 }, scene);
  await expect(control.obey([signed(1, "stop")])).rejects.toBe(full);
  expect(control.isStopped()).toBe(false);
});
