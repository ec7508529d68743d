import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { leanEnvironment } from "@lucid/platform/program";
import { expect, test } from "vitest";
import { repository } from "../e2e/lucid.ts";
import { hasProgram } from "../has-program.ts";

const folder = join(repository, "deploy/systemd");
const files = readdirSync(folder);
const units = files.filter((name) => name.endsWith(".service"));

const lean = Object.entries(leanEnvironment).map(([name, value]) => `${name}=${value}`);

test("images and units keep memory small by the settings of all programs", () => {
  for (const path of ["deploy/Dockerfile", ...units.map((name) => `deploy/systemd/${name}`)])
    for (const setting of lean)
      expect(readFileSync(join(repository, path), "utf8"), path).toContain(setting);
});

test("the signer can give its socket to those who ask it: their group is its own, for it sees no other", () => {
  const groupOf = (name: string) =>
    /^Group=(\S+)$/m.exec(readFileSync(join(folder, name), "utf8"))?.[1];
  expect(groupOf("lucid-signer.service")).toBe(groupOf("lucid-node-management.service"));
  const unit = readFileSync(join(folder, "lucid-signer.service"), "utf8");
  expect(unit).toMatch(/^PrivateUsers=yes$/m);
  expect(unit).not.toMatch(/^SupplementaryGroups=/m);
});

test("the signer's mark lies in a folder that the unit makes, apart from the journal's", () => {
  const unit = readFileSync(join(folder, "lucid-signer.service"), "utf8");
  const [, mark] = /SIGNER_MARK_FILE=(\S+)/.exec(unit) ?? [];
  const [, logs = ""] = /^LogsDirectory=(\S+)/m.exec(unit) ?? [];
  const [, state = ""] = /SIGNER_DATA_PATH=(\S+)/.exec(unit) ?? [];
  expect(dirname(mark ?? "")).toBe(join("/var/log", logs));
  expect(state).toBe("/var/lib/lucid-signer");
});

test.each(units.filter((name) => name !== "lucid-backup.service"))(
  "%s starts again for as long as it takes, whatever keeps it from starting",
  (name) => {
    const text = readFileSync(join(folder, name), "utf8");
    const [, limit] = /^StartLimitIntervalSec=(\d+)$/m.exec(text) ?? [];
    expect(limit).toBe("0");
    expect(text).toMatch(/^Restart=on-failure$/m);
  },
);

test.each(units)("%s writes to folders of its own, where Node keeps what it compiled", (name) => {
  const text = readFileSync(join(folder, name), "utf8");
  const [, cache] = /^CacheDirectory=(\S+)$/m.exec(text) ?? [];
  expect(text).toContain(`NODE_COMPILE_CACHE=/var/cache/${cache}`);
  const [, state] = /^StateDirectory=(\S+)$/m.exec(text) ?? [];
  expect(text).toMatch(
    new RegExp(`^Environment=.*/var/lib/${state}|^ExecStart=.*/var/lib/${state}`, "m"),
  );
});

const hasSystemd = hasProgram("systemd-analyze", "what units allow is not read");

/** The groups of calls that systemd knows, such as @chown, each with calls and other groups. */
const groupsOfCalls = new Map(
  (hasSystemd
    ? spawnSync("systemd-analyze", ["syscall-filter", "--no-pager"], { encoding: "utf8" }).stdout
    : ""
  )
    .split(/^(?=@)/m)
    .map((text) => text.split("\n").map((line) => line.trim()))
    .map(([name = "", ...lines]) => [name, lines.filter((line) => /^[@\w]/.test(line))] as const),
);

const callsOf = (group: string): readonly string[] =>
  (groupsOfCalls.get(group) ?? []).flatMap((word) =>
    word.startsWith("@") ? callsOf(word) : [word],
  );

/** What a unit lets its program call: later lines add to and take from earlier ones, systemd.exec(5). */
const allowedBy = (name: string): ReadonlySet<string> => {
  const allowed = new Set<string>();
  const lines = readFileSync(join(folder, name), "utf8").matchAll(/^SystemCallFilter=(~?)(.*)$/gm);
  for (const [, sign, groups = ""] of lines)
    for (const call of groups.split(" ").flatMap(callsOf))
      if (sign === "~") allowed.delete(call);
      else allowed.add(call);
  return allowed;
};

test.skipIf(!hasSystemd)("the signer alone may give a file to a group: its socket", () => {
  const may = units.filter((name) => allowedBy(name).has("chown"));
  expect(may).toEqual(["lucid-signer.service"]);
  for (const name of units) expect(allowedBy(name)).toContain("fsync");
});

test.skipIf(!hasSystemd)("systemd understands every line of the units", () => {
  const paths = files.map((name) => join(folder, name));
  const { stdout, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...paths], {
    encoding: "utf8",
  });
  const words = `${stdout}${stderr}`.split("\n").filter((line) => line.includes(folder));
  // Node need not be installed where this is tried.
  expect(words.filter((line) => !line.includes("/usr/bin/node is not executable"))).toEqual([]);
});

test.skipIf(!hasSystemd).each(units)("%s is well shut", (name) => {
  const { stdout } = spawnSync(
    "systemd-analyze",
    ["security", "--offline=true", "--no-pager", join(folder, name)],
    { encoding: "utf8" },
  );
  const exposure = Number(/Overall exposure level.*: ([\d.]+)/.exec(stdout)?.[1]);
  console.log(`${name}: exposure ${exposure} of 10`);
  expect(exposure).toBeLessThan(2);
});
