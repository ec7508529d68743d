import { readFileSync, writeFileSync } from "node:fs";
import { blockRoutes, errorTable, logFileRoutes, routes, streamRoutes } from "@lucid/api";
import * as blockManager from "../packages/block-manager/src/config.ts";
import { serviceInfo as blockManagerInfo } from "../packages/block-manager/src/info.ts";
import { configSchema } from "../packages/node-management/src/config.ts";
import * as signer from "../packages/tron/src/signer/config.ts";
import { renderConfigurationDoc } from "@lucid/platform/config";
import { openApiDocument, systemDefinitions } from "@lucid/platform/http";
import { serviceInfo } from "../packages/node-management/src/info.ts";
import { renderEnvExample } from "./env-example.ts";
import { renderMetricsDoc } from "./metrics-doc.ts";
import { renderRetentionDoc } from "./retention-doc.ts";
import { renderRolesDoc } from "./roles-doc.ts";

const definitions = [
  ...systemDefinitions,
  ...Object.values(routes),
  ...Object.values(streamRoutes),
];

const blockDefinitions = [
  ...systemDefinitions,
  ...Object.values(blockRoutes),
  ...Object.values(logFileRoutes),
];

/** Generates what the documents say about API, errors and configuration; `--check` compares instead. */
const documents = {
  "docs/openapi.json": `${JSON.stringify(openApiDocument(definitions, serviceInfo, errorTable), null, 2)}\n`,
  "docs/block-manager-openapi.json": `${JSON.stringify(openApiDocument(blockDefinitions, blockManagerInfo, errorTable), null, 2)}\n`,
  "docs/errors.md": renderErrors(),
  "docs/roles.md": renderRolesDoc([
    {
      name: "node-management",
      routes: [...Object.values(routes), ...Object.values(streamRoutes)],
    },
    { name: "block-manager", routes: Object.values(blockRoutes) },
  ]),
  "deploy/.env.example": renderEnvExample([configSchema, blockManager.configSchema]),
  "docs/metrics.md": renderMetricsDoc(),
  "docs/retention.md": renderRetentionDoc(),
  "docs/configuration.md": renderConfigurationDoc([
    { name: "node-management", schema: configSchema },
    {
      name: "block-manager",
      section: blockManager.configSection,
      schema: blockManager.configSchema,
    },
    { name: "signer", file: "signer.yaml", schema: signer.configSchema },
  ]),
};

function renderErrors(): string {
  const rows = Object.entries(errorTable).map(
    ([code, { status, title, retry, fix }]) =>
      `| \`${code}\` | ${status} | ${title} | ${retry} | ${fix} |`,
  );
  return [
    "# Errors",
    "",
    "Every error is `application/problem+json` (RFC 9457) with a stable `code`. *Again* says whether the same request can",
    "succeed: `no`, `later` (unchanged, after a while), `changed` (after the fix).",
    "",
    "| code | status | meaning | again | what to do |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

const stale = Object.entries(documents).filter(([path, text]) => read(path) !== text);

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

if (process.argv.includes("--check")) {
  for (const [path] of stale) console.error(`${path} is out of date: run npm run docs`);
  process.exitCode = stale.length === 0 ? 0 : 1;
} else {
  for (const [path, text] of stale) writeFileSync(path, text);
  console.log(
    stale.length === 0 ? "up to date" : `written: ${stale.map(([path]) => path).join(", ")}`,
  );
}
