import type { Browser, BrowserContextOptions } from "playwright-core";
import { expect } from "vitest";
import { settle } from "./fixture/books.ts";
import { logOf } from "./fixture/log.ts";
import { startFixture, type Fixture } from "./fixture/server.ts";
import { createWorld, slotAt, SLOTS_PER_EPOCH, type World } from "./fixture/world.ts";
import type { Files } from "../../packages/verify/src/testing/index.ts";
import { openWatchedPage, type WatchedPage } from "./watched-page.ts";

const EPOCHS = 12;

/** The service's clock is ahead of the browser's, so that a page that trusts its own is found out. */
const AHEAD_MS = 400 * 86_400_000;
const now = (): number => Date.now() + AHEAD_MS;

export type Scene = AsyncDisposable & {
  readonly world: World;
  readonly service: Fixture;
  /** The files of the public log, made when somebody asks; a test may lie in them. */
  log: Files;
  open(path?: string, options?: BrowserContextOptions): Promise<WatchedPage>;
};

export type SceneOptions = {
  readonly browser: Browser;
  readonly pagesDir: string;
  readonly nodes?: number;
};

/** Settles the first epoch that is not, behind the back of every page. */
export const settleNext = (world: World): number => {
  const settled = world.ledger.map(({ epoch }) => epoch ?? 0);
  const epoch = Math.max(...settled) + 1;
  settle(world, epoch);
  return epoch;
};

/** A service with a network behind it, and pages that look at it. */
export const createScene = async ({
  browser,
  pagesDir,
  nodes = 12,
}: SceneOptions): Promise<Scene> => {
  const world = createWorld({ nodes, epochs: EPOCHS, now });
  const openEpoch = Math.floor(slotAt(now()) / SLOTS_PER_EPOCH);
  // The last one is left for `settleNext`.
  for (let epoch = openEpoch - EPOCHS; epoch < openEpoch - 1; epoch += 1) settle(world, epoch);
  let files: Files | null = null;
  const log = () => (files ??= logOf(world));
  const service = await startFixture(world, { pagesDir, log });
  return {
    world,
    service,
    get log() {
      return log();
    },
    set log(changed) {
      files = changed;
    },
    open: (path = "/", options = {}) => openWatchedPage(browser, service.url + path, options),
    [Symbol.asyncDispose]: async () => {
      await service[Symbol.asyncDispose]();
      expect(service.faults, "the fixture answered what the API does not allow").toEqual([]);
    },
  };
};
