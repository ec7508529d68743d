import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";
import { describe, expect, it } from "vitest";

const places = [
  process.env["CHROMIUM_PATH"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const browserPath = places.find((path) => path !== undefined && existsSync(path));
const required = process.env["CI"] === "true" || process.env["LUCID_REQUIRE_BROWSER"] === "1";

const missing =
  "no Chromium: install it (Debian: apt-get install chromium) or name it in CHROMIUM_PATH";

/** A suite that needs a real browser: skipped with the reason where there is none, a failure where one is required. */
export const describeInBrowser = (name: string, suite: () => void): void => {
  if (browserPath !== undefined) describe(name, suite);
  else if (required) describe(name, refuse);
  else {
    console.warn(`skipped "${name}": ${missing}`);
    describe.skip(name, suite);
  }
};

const refuse = (): void => {
  it("has a browser", () => {
    expect.fail(missing);
  });
};

/** A headless browser that asks nobody anything on its own. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    ...(browserPath === undefined ? {} : { executablePath: browserPath }),
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
