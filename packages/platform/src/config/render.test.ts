import { expect, it } from "vitest";
import { type ConfigSchema, defineConfig, renderConfigurationDoc } from "./index.ts";

const renderOf = (schema: ConfigSchema): string =>
  renderConfigurationDoc([{ name: "program", schema }]);

it("says where in the file the settings of each program stand", () => {
  const schema = defineConfig({ PORT: { type: "integer", default: 1, description: "Port." } });
  const text = renderConfigurationDoc([
    { name: "one", schema },
    { name: "two", section: "second", schema },
  ]);
  const lines = text.split("\n").filter((line) => /^(##|In) /.test(line));
  expect(lines).toEqual([
    "## one",
    "In `lucid.yaml` these stand at the top.",
    "## two",
    "In `lucid.yaml` these stand under `second:`.",
  ]);
});

it("renders one row per setting with type, bounds, default and what it is for", () => {
  const text = renderOf(
    defineConfig({
      PORT: {
        type: "integer",
        default: 8095,
        minimum: 0,
        maximum: 65535,
        description: "Where | to listen.",
      },
      KEY: { type: "string", secret: true, description: "The key." },
      FEE: {
        type: "usdt",
        default: 1_500_000n,
        maximum: 2_000_000n,
        seedOnly: true,
        description: "Fee.",
      },
      EVERY: { type: "duration", default: 90_000, minimumMs: 1_000, description: "How often." },
      LEVEL: { type: "enum", values: ["a", "b"], default: "a", description: "Level." },
      HOSTS: { type: "list", default: [], description: "Hosts." },
    }),
  );
  const rows = text.split("\n").filter((line) => line.startsWith("| `"));
  expect(rows).toEqual([
    "| `PORT` | integer, 0..65535 | `8095` | Where \\| to listen. |",
    "| `KEY` | string | **needed** | The key. Secret; also from the file that `KEY_FILE` names. |",
    "| `FEE` | usdt, up to 2.000000 | `1.500000` | Fee. Seeds the network once; a different value later refuses to start. |",
    "| `EVERY` | duration, from 1s | `90s` | How often. |",
    "| `LEVEL` | enum, `a`, `b` | `a` | Level. |",
    "| `HOSTS` | list | empty | Hosts. |",
  ]);
});

it("refuses names and settings that nobody could use", () => {
  expect(() => defineConfig({ port: { type: "integer", description: "x" } })).toThrow("upper-case");
  expect(() => defineConfig({ PORT: { type: "integer", description: " " } })).toThrow(
    "describe it",
  );
});
