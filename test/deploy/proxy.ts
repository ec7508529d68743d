import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { repository } from "../e2e/lucid.ts";
import { hasProgram } from "../has-program.ts";
import { createWitness, type Balancer } from "../replicas/balancer.ts";

export const hasProxy = hasProgram("haproxy", "its settings are not tried");

export type ProxyPorts = { readonly api: number; readonly replicas: readonly [number, number] };

/**
 * HAProxy with the settings of deploy/, in front of two replicas on this machine instead of two containers; `env` is
 * what deploy/compose.yaml tells it.
 */
export const startProxy = (
  { api, replicas: [one, two] }: ProxyPorts,
  env: Readonly<Record<string, string>> = {},
): Balancer => {
  const folder = mkdtempSync(join(tmpdir(), "lucid-proxy-"));
  const settings = readFileSync(join(repository, "deploy/haproxy.cfg"), "utf8")
    .replace("bind :8095", `bind 127.0.0.1:${api}`)
    .replaceAll("node-management-1:8095", `127.0.0.1:${one}`)
    .replaceAll("node-management-2:8095", `127.0.0.1:${two}`);
  const [own, asked] = [join(folder, "haproxy.cfg"), join(folder, "asked.cfg")];
  const socket = join(folder, "socket");
  writeFileSync(own, settings);
  writeFileSync(asked, `global\n  stats socket ${socket}\n`);
  const child = spawn("haproxy", ["-db", "-f", own, "-f", asked], {
    env: { ...process.env, ...env },
    stdio: "ignore",
  });
  return {
    ...createWitness(() => `http://127.0.0.1:${api}`),
    ready: async (count) => {
      while ((await countReady(socket)) !== count) await wait(100);
    },
    [Symbol.dispose]: () => {
      child.kill("SIGKILL");
      rmSync(folder, { recursive: true });
    },
  };
};

/** How many servers it sends requests to: `show stat` is CSV, see chapter 9.1 of HAProxy's management guide. */
const countReady = async (path: string): Promise<number> => {
  const socket = connect(path);
  socket.write("show stat\n");
  const table = await text(socket).catch(() => ""); // it does not listen yet
  const rows = table.split("\n").map((line) => line.split(","));
  const status = rows[0]?.indexOf("status") ?? -1;
  return rows.filter(
    ([proxy, server = "", ...rest]) =>
      proxy === "ready" && ["one", "two"].includes(server) && rest[status - 2] === "UP",
  ).length;
};
