import { expect, test } from "vitest";
import { createHints } from "./started-as.ts";

const hint = "Next: lucid up --data /srv/lucid, or lucid node run";
const cwd = "/home/me/lucid";

test.each([
  [{ script: "/usr/local/bin/lucid" }, "Next: lucid up --data"],
  [{ script: undefined }, "Next: lucid up --data"],
  [{ script: `${cwd}/dist/lucid.mjs` }, "Next: node dist/lucid.mjs up --data"],
  [{ script: "/opt/lucid.mjs" }, "Next: node /opt/lucid.mjs up --data"],
  [
    { script: `${cwd}/bin/lucid.mjs`, env: { npm_lifecycle_event: "demo" } },
    "Next: npm run --silent lucid -- up --data",
  ],
])("started as %j, a hint says %s", (start, expected) => {
  expect(createHints({ env: {}, cwd, ...start })(hint)).toContain(expected);
});

test("the agent's own program names itself", () => {
  const hints = createHints({ script: `${cwd}/lucid-agent.mjs`, env: {}, cwd });
  expect(hints("Next: lucid node run")).toBe("Next: node lucid-agent.mjs run");
  expect(createHints({ script: "/bin/lucid-agent", env: {}, cwd })("lucid node run")).toBe(
    "lucid-agent run",
  );
});
