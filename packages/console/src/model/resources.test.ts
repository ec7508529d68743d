import { expect, test } from "vitest";
import { formatBits, formatFigure, latestOf, topOf, valuesOf } from "./resources.ts";

test("bits per second in units of a thousand", () => {
  const shown = [0, 999, 1000, 1_200_000, 100_000_000, 2.5e9, 3e15].map(formatBits);
  expect(shown).toEqual([
    "0 bit/s",
    "999 bit/s",
    "1.0 kbit/s",
    "1.2 Mbit/s",
    "100.0 Mbit/s",
    "2.5 Gbit/s",
    "3000.0 Tbit/s",
  ]);
  expect(formatFigure("cpu_bp", 1234)).toBe("12.34 %");
});

test("what is unknown stays a gap", () => {
  const known = { mean: 5, min: 5, max: 5, samples: 1 };
  const at = (minute: number) => new Date(minute * 60_000).toISOString();
  const point = { from: at(2), cpu_bp: null, memory_bp: known, disk_bp: null, network_bps: null };
  const resources = {
    node_id: "",
    range: "1h",
    granularity: "1m",
    from: at(1),
    to: at(3.5),
    latest: null,
    points: [point],
  };
  expect(valuesOf(resources, "cpu_bp")).toEqual([null, null, null]);
  expect(valuesOf(resources, "memory_bp")).toEqual([null, 5, null]);
  expect([latestOf(resources, "cpu_bp"), latestOf(resources, "memory_bp")]).toEqual([null, 5]);
  expect(topOf("network_bps", [null, 7])).toBe(7);
  expect(topOf("cpu_bp", [5])).toBe(10_000);
});
