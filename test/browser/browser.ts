import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const places = [
  process.env["CHROMIUM_PATH"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
const browserPath = places.find((path) => path !== undefined && existsSync(path));
const required = process.env["CI"] === "true" || process.env["REQUIRE_BROWSER"] === "1";

const missing =
  "no Chromium: install it (Debian: apt-get install chromium) or name it in CHROMIUM_PATH";

/** Whether suites that need a real browser are to be skipped; where one is required they fail instead. */
export const withoutBrowser = browserPath === undefined && !required;

if (withoutBrowser) console.warn(`skipped: ${missing}`);

/** A headless browser that asks nobody anything on its own. */
export const launchBrowser = async (): Promise<Browser> => {
  if (browserPath === undefined) throw new Error(missing);
  return chromium.launch({
    executablePath: browserPath,
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
};
