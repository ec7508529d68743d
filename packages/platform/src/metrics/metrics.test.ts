import { describe, expect, it } from "vitest";
import { createMetrics, serveMetrics } from "./index.ts";

describe("createMetrics", () => {
  it.each([
    ["counter", "lucid_beacons", "has to end in _total"],
    ["counter", "beacons_total", "use lucid_"],
    ["gauge", "lucid_Nodes", "lower-case"],
    ["histogram", "lucid_settlement", "has to end in _seconds or _bytes"],
    ["histogram", "lucid_settle_ms", "base units are seconds"],
    ["gauge", "lucid_runway_days", "base units are seconds"],
    ["gauge", "lucid_disk_mib", "the base unit is bytes"],
    ["gauge", "lucid_nodes_gauge", "the type is told beside the name"],
    ["gauge", "lucid_nodes_total", "means something else"],
    ["gauge", "lucid_nodes_count", "means something else"],
  ] as const)("refuses the %s %s", (kind, name, reason) => {
    expect(() => createMetrics()[kind](name, "Help.")).toThrow(reason);
  });

  it("refuses a metric without help", () => {
    expect(() => createMetrics().gauge("lucid_nodes", " ")).toThrow("what it measures");
  });
});

const version = "1.2.3";

describe("serveMetrics", () => {
  it("shows own and process metrics on a port of its own", async () => {
    const metrics = createMetrics();
    metrics
      .counter("lucid_beacons_total", "Beacons by verdict.", ["verdict"])
      .inc({ verdict: "accepted" }, 3);
    metrics.gauge("lucid_nodes", "Nodes.").set(5);
    await using server = await serveMetrics({ metrics, host: "127.0.0.1", port: 0, version });
    const response = await fetch(server.url);
    const text = await response.text();
    expect(response.headers.get("content-type")).toContain("text/plain; version=0.0.4");
    expect(text).toContain('lucid_beacons_total{verdict="accepted"} 3');
    expect(text).toContain("# HELP lucid_nodes Nodes.");
    expect(text).toContain('lucid_build_info{version="1.2.3"} 1');
    expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
    expect((await fetch(server.url.replace("/metrics", "/"))).status).toBe(404);
  });

  it("says in one line that the port is taken, and frees it when it closes", async () => {
    const first = await serveMetrics({
      metrics: createMetrics(),
      host: "127.0.0.1",
      port: 0,
      version,
    });
    const again = () =>
      serveMetrics({ metrics: createMetrics(), host: "127.0.0.1", port: first.port, version });
    await expect(again()).rejects.toThrow(`metrics: port ${first.port} on 127.0.0.1 is taken`);
    await first[Symbol.asyncDispose]();
    await using second = await again();
    expect(second.port).toBe(first.port);
  });
});
