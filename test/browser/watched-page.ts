import type { Browser, BrowserContextOptions, Page } from "playwright-core";

export type WatchedPage = AsyncDisposable & {
  readonly page: Page;
  /** Errors in the console, exceptions, and requests that left for another host. */
  readonly complaints: string[];
};

/** A page in a profile of its own that writes down whatever a person would complain about. */
export const openWatchedPage = async (
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> => {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  const home = new URL(url).origin;
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (new URL(request.url()).origin !== home) complaints.push(`request to ${request.url()}`);
  });
  await page.goto(url);
  return { page, complaints, [Symbol.asyncDispose]: () => context.close() };
};
