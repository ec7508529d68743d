import type { Browser } from "playwright-core";
import { afterAll, beforeAll, inject } from "vitest";
import { launchBrowser } from "./browser.ts";

export type UsedConsole = {
  readonly browser: Browser;
  /** Where the pages lie as they are delivered. */
  readonly directory: string;
};

/** A browser for a suite, there before its first test and gone after its last, and the console's pages. */
export const useConsole = (): UsedConsole => {
  let browser: Browser | null = null;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser?.close());
  return {
    get browser() {
      if (browser === null) throw new Error("the browser is there once the suite has begun");
      return browser;
    },
    directory: inject("consoleDirectory"),
  };
};
