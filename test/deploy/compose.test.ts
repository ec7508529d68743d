import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { configSchema as logSettings } from "../../packages/block-manager/src/config.ts";
import { configSchema as serviceSettings } from "../../packages/node-management/src/config.ts";
import { repository } from "../e2e/lucid.ts";

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

const text = readFileSync(join(repository, "deploy/compose.yaml"), "utf8");
const compose = parse(text, { merge: true }) as Compose;
const services = Object.entries(compose.services);

test.each(services)("%s has no rights and no more than its share of the machine", (_, service) => {
  expect(service).toMatchObject({
    read_only: true,
    cap_drop: ["ALL"],
    security_opt: ["no-new-privileges:true"],
    deploy: { resources: { limits: { cpus: "1", memory: "512M" } } },
    logging: { driver: "json-file", options: { "max-size": "10m", "max-file": "5" } },
  });
  expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  expect(service).not.toHaveProperty("privileged");
  expect(service).not.toHaveProperty("cap_add");
  expect(String(service["tmpfs"])).toContain("/tmp");
});

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
    new Set(["embedded", "cluster", "staging", "monitoring"]),
  );
  for (const [name, { profiles, depends_on = {} }] of services)
    for (const [needed, { condition }] of Object.entries(depends_on)) {
      expect(condition, `${name} needs ${needed}`).toBe("service_healthy");
      for (const profile of profiles) expect(compose.services[needed]?.profiles).toContain(profile);
    }
});

test("secrets are files, and no setting is misspelt", () => {
  const settings = { ...logSettings, ...serviceSettings };
  const lucid = services.filter(([, { image }]) => image.includes("/lucid-"));
  for (const [, { environment = {} }] of lucid)
    for (const name of Object.keys(environment))
      expect(settings).toHaveProperty(name.replace(/_FILE$/, ""));
  const secrets = services
    .flatMap(([, { environment = {} }]) => Object.entries(environment))
    .filter(([name]) => /PASSWORD|SECRET|_URI|REDIS_URL/.test(name));
  for (const [, value] of secrets) expect(value).toMatch(/^\/run\/secrets\//);
});

test(".env.example names everything that the file reads", () => {
  const example = readFileSync(join(repository, "deploy/.env.example"), "utf8");
  for (const [, name] of text.matchAll(/\$\{(\w+)/g))
    expect(example).toMatch(new RegExp(`^#${name}=`, "m"));
});
