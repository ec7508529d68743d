import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launchBrowser } from "./browser.ts";
import { buildConsole } from "./build-console.ts";

export type UsedConsole = {
  readonly browser: Browser;
  /** Where the pages lie as they are delivered. */
  readonly directory: string;
};

/** A browser and the console's pages for a suite: there before its first test, gone after its last. */
export const useConsole = (): UsedConsole => {
  const stack = new AsyncDisposableStack();
  let made: UsedConsole | null = null;
  const current = (): UsedConsole => {
    if (made === null) throw new Error("the browser is there once the suite has begun");
    return made;
  };
  beforeAll(async () => {
    const [browser, pages] = await Promise.all([launchBrowser(), buildConsole()]);
    stack.defer(() => browser.close());
    stack.use(pages);
    made = { browser, directory: pages.directory };
  });
  afterAll(() => stack.disposeAsync());
  return {
    get browser() {
      return current().browser;
    },
    get directory() {
      return current().directory;
    },
  };
};
