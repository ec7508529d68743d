import { expect, it } from "vitest";
import { mayCall } from "./may-call.ts";

const admin = { id: "person_a", roles: ["admin"] };
const owner = { id: "owner_a", roles: ["owner"] };
const auditor = { id: "person_b", roles: ["auditor"] };

it("offers what a role reaches, and to an owner what is its own", () => {
  expect(mayCall(undefined, "listAudit")).toBe(false);
  expect(mayCall(admin, "listAudit")).toBe(true);
  expect(mayCall(owner, "listAudit", ["owner_a"])).toBe(false);
  expect(mayCall(owner, "setOwnerThreshold", ["owner_a"])).toBe(true);
  expect(mayCall(owner, "setOwnerThreshold", ["owner_b"])).toBe(false);
  expect(mayCall(admin, "setOwnerThreshold", ["owner_a"])).toBe(false);
  expect(mayCall(auditor, "listCommands")).toBe(true);
  expect(mayCall(auditor, "restartNode")).toBe(false);
  expect(mayCall(owner, "restartNode", ["node_a", "owner_a"])).toBe(true);
});
