import { describe, expect, test } from "vitest";
import { network } from "../append/testing/scene.ts";
import { testNetwork } from "../testing/network.ts";
import { mendFrom, openStore, signCheckpoint } from "./index.ts";
import { asAppender, closed, grown } from "./testing/grown.ts";

const { genesis, seeds } = network;

describe("a directory is refused in one line", () => {
  const isLog = (path: string) => path.startsWith("log/");
  test.each([
    [
      "that is empty where a log is known to be",
      isLog,
      "store.missing",
      /log\.json says that a log lives in .*mount its disk/,
    ],
    [
      "without its genesis document",
      (path: string) => path === "log/network.json",
      "store.missing",
      /log/,
    ],
    [
      "without its checkpoint",
      (path: string) => path === "log/checkpoint",
      "store.missing",
      /no checkpoint.*follower/,
    ],
    [
      "without a tile of its edge",
      (path: string) => path.startsWith("log/tile/0/"),
      "store.damaged",
      /tile\/0\/000\.p\/4 is not there/,
    ],
    [
      "without its last entries",
      (path: string) => path.startsWith("log/tile/entries/"),
      "store.damaged",
      /is not there/,
    ],
  ])("%s", async (_, without, code, line) => {
    const machine = await closed(4, without);
    const before = new Map(machine.files());
    const opening = openStore({ home: machine.disk(), genesis }, asAppender);
    await expect(opening).rejects.toMatchObject({
      code,
      message: expect.stringMatching(line) as string,
    });
    expect(machine.files()).toEqual(before);
    await expect(openStore({ home: machine.disk(), genesis }, asAppender)).rejects.toMatchObject({
      code,
    }); // not locked
  });

  test("that has neither genesis document nor marker", async () => {
    const machine = await closed(4, (path) => /network\.json|log\.json/.test(path));
    const opening = openStore({ home: machine.disk(), genesis }, asAppender);
    await expect(opening).rejects.toMatchObject({
      code: "store.missing",
      message: expect.stringMatching(/no network\.json/) as string,
    });
  });

  test("of another network", async () => {
    const machine = await closed(1);
    const other = testNetwork({ name: "other" });
    const opening = openStore({ home: machine.disk(), genesis: other.genesis }, asAppender);
    await expect(opening).rejects.toMatchObject({ code: "store.network" });
  });

  test("whose checkpoint another key has signed", async () => {
    const machine = await closed(0);
    const { root } = (await grown(0)).store.head();
    machine.put("log/checkpoint", signCheckpoint(genesis, { size: 0, root }, seeds.network));
    const opening = openStore({ home: machine.disk(), genesis }, asAppender);
    await expect(opening).rejects.toMatchObject({
      code: "store.checkpoint",
      message: expect.stringMatching(/signed.*follower/) as string,
    });
  });

  test("whose genesis document is damaged", async () => {
    const machine = await closed(1);
    machine.put("log/network.json", Uint8Array.of(1));
    const opening = openStore({ home: machine.disk(), genesis }, asAppender);
    await expect(opening).rejects.toMatchObject({
      code: "store.network",
      message: expect.stringMatching(/is damaged; put the network\.json/) as string,
    });
  });

  test("that another process has open", async () => {
    const { machine } = await grown(0);
    const opening = openStore({ home: machine.disk(), genesis }, asAppender);
    await expect(opening).rejects.toMatchObject({ code: "disk.locked" });
  });
});

describe("a damaged file at the edge of the log", () => {
  const paths = ["tile/0/000.p/4", "tile/entries/000.p/4"];
  const damage = async () => {
    const machine = await closed(4);
    const whole = new Map(machine.files());
    for (const path of paths) {
      const bytes = whole.get(`log/${path}`) as Uint8Array;
      machine.put(
        `log/${path}`,
        bytes.map((byte, i) => (i === bytes.length - 40 ? byte ^ 1 : byte)),
      );
    }
    const source = { name: "peer", read: async (path: string) => whole.get(`log/${path}`) ?? null };
    return { machine, whole, source };
  };

  test("keeps the store from opening, in a line that names it", async () => {
    const { machine, whole } = await damage();
    machine.put(`log/${paths[1]}`, whole.get(`log/${paths[1]}`) as Uint8Array);
    const opening = openStore({ home: machine.disk(), genesis }, asAppender);
    await expect(opening).rejects.toMatchObject({ code: "store.damaged", path: paths[0] });
  });

  test("is taken from a peer that has it, and kept in quarantine", async () => {
    for (const at of [0, 1]) {
      const { machine, whole, source } = await damage();
      machine.put(`log/${paths[at]}`, whole.get(`log/${paths[at]}`) as Uint8Array);
      const mend = mendFrom([{ name: "empty", read: async () => null }, source]);
      const store = await openStore({ home: machine.disk(), genesis, mend }, asAppender);
      expect(store.head().size).toBe(4);
      for (const [path, bytes] of whole) expect(machine.files().get(path), path).toEqual(bytes);
      const kept = [...machine.files().keys()].filter((path) => path.includes("quarantine"));
      expect(kept).toHaveLength(2);
    }
  });

  test("is not replaced by what is no better", async () => {
    const { machine } = await damage();
    const mend = async () => new Uint8Array(128);
    const opening = openStore({ home: machine.disk(), genesis, mend }, asAppender);
    await expect(opening).rejects.toMatchObject({ code: "store.damaged" });
  });
});
