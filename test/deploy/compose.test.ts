import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { configSchema as logSettings } from "../../packages/block-manager/src/config.ts";
import { configSchema as serviceSettings } from "../../packages/node-management/src/config.ts";
import { configSchema as signerSettings } from "../../packages/tron/src/signer/config.ts";
import { repository } from "../e2e/lucid.ts";

/** Within which a service has ended once it is asked to and has drained. */
const STOP_SECONDS = 10;

type Service = {
  readonly image: string;
  readonly profiles: readonly string[];
  readonly ports?: readonly string[];
  readonly networks: readonly string[];
  readonly user: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
} & Readonly<Record<string, unknown>>;

type Compose = {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
};

const read = (name: string): string => readFileSync(join(repository, "deploy", name), "utf8");
const text = read("compose.yaml");
const signerText = read("compose.signer.yaml");
const compose = parse(text, { merge: true }) as Compose;
const withSigner = parse(signerText, { merge: true }) as Pick<Compose, "services">;
const services = [
  ...Object.entries(compose.services),
  ...Object.entries(withSigner.services).filter(([name]) => name === "signer"),
];

const limitsOf = (name: string) =>
  name === "mongodb"
    ? { cpus: "1", memory: "1G", pids: 1024 }
    : { cpus: "1", memory: "512M", pids: 256 };

test.each(services)(
  "%s has no rights and no more than its share of the machine",
  (name, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ["ALL"],
      security_opt: ["no-new-privileges:true"],
      deploy: { resources: { limits: limitsOf(name) } },
      logging: { driver: "json-file", options: { "max-size": "10m", "max-file": "5" } },
    });
    expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(service).not.toHaveProperty("privileged");
    expect(service).not.toHaveProperty("cap_add");
    expect(String(service["tmpfs"])).toContain("/tmp");
  },
);

test("only ports of the API are published, and databases are reached from inside only", () => {
  const published = services.flatMap(([, { ports = [] }]) =>
    ports.map((port) => port.split(":").at(-1)),
  );
  expect(new Set(published)).toEqual(new Set(["8086", "8095", "8099"]));
  expect(compose.networks["inside"]).toEqual({ internal: true });
  for (const name of ["mongodb", "redis", "prometheus", "grafana"])
    expect(compose.services[name]?.networks).toEqual(["inside"]);
});

test("every profile starts what it needs, and waits until that is healthy", () => {
  expect(new Set(services.flatMap(([, { profiles }]) => profiles))).toEqual(
    new Set(["embedded", "cluster", "staging", "monitoring", "tools"]),
  );
  for (const [name, { profiles, depends_on = {} }] of services)
    for (const [needed, { condition }] of Object.entries(depends_on)) {
      expect(condition, `${name} needs ${needed}`).toBe("service_healthy");
      for (const profile of profiles) expect(compose.services[needed]?.profiles).toContain(profile);
    }
});

test("secrets are files, and no setting is misspelt", () => {
  const settings = { ...logSettings, ...serviceSettings, TMPDIR: "Node's own" };
  const lucid = Object.entries(compose.services).filter(([, { image }]) =>
    image.includes("/lucid-"),
  );
  for (const [, { environment = {} }] of lucid)
    for (const name of Object.keys(environment))
      expect(settings).toHaveProperty(name.replace(/_FILE$/, ""));
  const secrets = services
    .flatMap(([, { environment = {} }]) => Object.entries(environment))
    .filter(([name]) => /PASSWORD|SECRET|_URI|REDIS_URL/.test(name));
  for (const [, value] of secrets) expect(value).toMatch(/^\/run\/secrets\//);
});

test("the signer is another user than those who ask it, has no setting of theirs, and keeps its mark apart", () => {
  const { signer, ...others } = withSigner.services;
  const [uid, gid] = (signer?.user ?? "").split(":");
  expect(signer).not.toHaveProperty("env_file");
  expect(signer?.environment).toMatchObject({ SIGNER_SOCKET_GROUP: gid });
  for (const name of Object.keys(signer?.environment ?? {}))
    expect(signerSettings).toHaveProperty(name);
  expect(new Set(signer?.["volumes"] as string[]).size).toBe(2);
  for (const name of Object.keys(others)) {
    const [askerUid, askerGid] = (compose.services[name]?.user ?? "").split(":");
    expect(askerUid).not.toBe(uid);
    expect(askerGid).toBe(gid);
  }
});

test("replicas cannot write to the network's folder, and stop later than the proxy notices", () => {
  for (const name of ["node-management-1", "node-management-2"]) {
    const replica = compose.services[name];
    expect(replica?.["volumes"]).toContain("${DATA_FOLDER:-./data}:/app/data:ro");
    const { interval, fall } = proxyLook();
    expect(Number(replica?.environment?.["DRAIN_SECONDS"])).toBeGreaterThan(interval * fall);
    expect(Number.parseInt(String(replica?.["stop_grace_period"]), 10)).toBeGreaterThan(
      Number(replica?.environment?.["DRAIN_SECONDS"]) + STOP_SECONDS,
    );
  }
});

const proxyLook = (): { readonly interval: number; readonly fall: number } => {
  const [, interval, fall] = /check inter (\d+)s fall (\d+)/.exec(read("haproxy.cfg")) ?? [];
  return { interval: Number(interval), fall: Number(fall) };
};

test(".env.example names everything that the files read", () => {
  const example = readFileSync(join(repository, "deploy/.env.example"), "utf8");
  for (const [, name] of `${text}${signerText}`.matchAll(/\$\{(\w+)/g))
    expect(example).toMatch(new RegExp(`^#${name}=`, "m"));
});
