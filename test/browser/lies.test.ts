import {
  createBody,
  decodeBody,
  encode,
  encodeBody,
  entryHash,
  type LedgerEntry,
  recordLeaf,
} from "@lucid/protocol";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Files,
  logFiles,
  sealBlocks,
  testNetwork,
} from "../../packages/verify/src/testing/index.ts";
import { withoutBrowser } from "./browser.ts";
import { useConsole } from "./use-console.ts";
import { draftsOf } from "./fixture/log.ts";
import { publish, type World } from "./fixture/world.ts";
import { createScene, type Scene } from "./scene.ts";

/** Where the newest line of the ledger stands. */
const placeOf = ({ ledger }: World) => ledger.at(-1)?.sealed?.height ?? 0;
const leafOf = (world: World) =>
  `/blocks/${placeOf(world)}?find=ledger_entry:${world.ledger.at(-1)?.key}`;

const pathStarting = (files: Files, start: string): string =>
  [...files.keys()].find((path) => path.startsWith(start)) ?? "";

const flip = (files: Files, start: string, position: number): void => {
  const path = pathStarting(files, start);
  const bytes = Uint8Array.from(files.get(path) ?? []);
  bytes[position] = (bytes[position] ?? 0) ^ 1;
  files.set(path, bytes);
};

/** A tenth more in the newest line, with a hash that fits. */
const payMore = (files: Files, world: World): void => {
  const path = `body/${placeOf(world)}`;
  const newest = world.records.at(-1) as LedgerEntry;
  const raised = { ...newest, amount_micro: "440000", balance_micro: "9999999" };
  const lie = recordLeaf("ledger_entry", { ...raised, hash: entryHash(raised) });
  const leaves = decodeBody(files.get(path) ?? new Uint8Array(0)).map(({ bytes, leaf }) =>
    leaf.kind === "record" && leaf.record === "ledger_entry" && leaf.data.key === newest.key
      ? lie
      : bytes,
  );
  files.set(path, encodeBody(createBody(leaves)));
};

const stranger = testNetwork({}, "stranger");
const strangersCheckpoint = () => logFiles(stranger, []).get("checkpoint") ?? new Uint8Array(0);

type Lie = (files: Files, world: World) => void;

const lies: readonly (readonly [string, string, (world: World) => string, Lie])[] = [
  ["an altered leaf", "body_root", leafOf, payMore],
  [
    "an altered header",
    "bundle",
    () => "/blocks",
    (files) =>
      flip(
        files,
        "tile/entries/",
        (files.get(pathStarting(files, "tile/entries/"))?.length ?? 0) - 9,
      ),
  ],
  ["a tile that does not fit", "tile", () => "/blocks/7", (files) => flip(files, "tile/0/", 40)],
  [
    "another log key",
    "checkpoint",
    () => "/blocks",
    (files) => files.set("checkpoint", strangersCheckpoint()),
  ],
  [
    "another network",
    "network_id",
    () => "/blocks/7",
    (files) => files.set("network.json", encode(stranger.genesis)),
  ],
  [
    "a body that is gone",
    "body_missing",
    leafOf,
    (files, world) => files.delete(`body/${placeOf(world)}`),
  ],
  ["no checkpoint", "checkpoint_missing", () => "/blocks", (files) => files.delete("checkpoint")],
];

/** Counts the draws from now on that show both. */
const watchBoth = async (page: Page, one: string, other: string) => {
  const counter = await page.evaluateHandle(
    (selectors) => {
      const counted = { draws: 0 };
      new MutationObserver(() => {
        const shown = selectors.every((selector) => document.querySelector(selector) !== null);
        counted.draws += shown ? 1 : 0;
      }).observe(document.body, { childList: true, subtree: true, characterData: true });
      return counted;
    },
    [one, other],
  );
  return () => counter.evaluate(({ draws }) => draws);
};

describe.skipIf(withoutBrowser)("block explorer, when the log lies,", () => {
  const pages = useConsole();
  let scene: Scene;
  let honest: Files;

  beforeAll(async () => {
    scene = await createScene({ browser: pages.browser, pagesDir: pages.directory });
    honest = scene.log;
  });
  afterAll(async () => {
    await scene[Symbol.asyncDispose]();
  });

  const alert = (page: Page) => page.locator("main").getByRole("alert").first();

  it.each(lies)("says that %s does not hold: %s", async (_lie, code, pathOf, lie) => {
    const files = new Map(honest);
    lie(files, scene.world);
    scene.log = files;
    await using opened = await scene.open(pathOf(scene.world));
    const { page } = opened;
    await alert(page)
      .getByText(/^✗ (This does not hold|A file that must be there)/)
      .waitFor();
    await alert(page).getByText(`${code} ·`).waitFor();
    await expect.poll(() => page.getByText("Reading…").count()).toBe(0);
    expect(await page.getByText("✓ It stands in the log.").count()).toBe(0);
  });

  it("finds out a history that was written anew with the network's own keys", async () => {
    scene.log = honest;
    await using opened = await scene.open("/blocks");
    const { page } = opened;
    await page.getByText("not by this browser").waitFor();
    const drafts = draftsOf(scene.world).map((draft) => ({ ...draft, backlog: 1 }));
    scene.log = logFiles(scene.world.network, sealBlocks(scene.world.network, drafts));
    await page.reload();
    await alert(page).getByText("This browser has seen another beginning of this log").waitFor();
  });

  it("puts the lie in the place of what it showed before", async () => {
    scene.log = honest;
    await using opened = await scene.open("/blocks");
    const { page } = opened;
    // From the second page on, what is said of the log as a whole is answered before its rows are.
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("26–50 of").waitFor();
    const besideIt = await watchBoth(page, "main [role=alert]", "main tbody tr");
    const files = new Map(honest);
    files.set("checkpoint", strangersCheckpoint());
    scene.log = files;
    publish(scene.world, { type: "slot", slot: 1, epoch: 1, at: "" });
    await alert(page).getByText("✗ This does not hold.").waitFor();
    expect(await page.locator("tbody tr").count()).toBe(0);
    expect(await besideIt(), "rows were drawn beside the verdict").toBe(0);
  });

  it("tells a log that cannot be read from one that lies, and reads it when it can", async () => {
    scene.log = honest;
    await using opened = await scene.open("/epochs");
    const { page } = opened;
    await page.route("**/log/checkpoint", (route) => route.fulfill({ status: 503 }));
    await page.getByRole("link", { name: "Blocks", exact: true }).click();
    await alert(page).getByText("checkpoint is answered with status 503").waitFor();
    expect(await page.getByText("does not hold").count()).toBe(0);
    await page.unroute("**/log/checkpoint");
    await page.getByRole("button", { name: "Try again" }).click();
    await page.locator("tbody tr").first().waitFor();
  });
});
