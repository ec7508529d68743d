import { SourceError } from "../source.ts";
import type { Source } from "../source.ts";
import { assertPath, DEFAULT_MAX_BYTES } from "./path.ts";
import { createPatience } from "./patience.ts";
import type { Pace } from "./patience.ts";
import { persistent } from "./persistent.ts";
import type { Persistence } from "./persistent.ts";
import { readAnswer } from "./answer.ts";

export type UrlOptions = Partial<Pace & Persistence> & {
  /** instead of the platform's */
  fetch?: typeof fetch;
};

/**
 * A log at an address, read by HTTP in Node or in a browser. 404 is null; every other status but 200 is
 * `source.status`, a page of HTML `source.page`, a redirect `source.redirect` (the address it leads to must be given
 * itself), 429 and 502 to 504 `source.busy`, nobody there `source.unreachable`; the last two after 3 `attempts`. A file must begin within `timeoutMs` (20 s) and then arrive at
 * `minBytesPerSecond` (4096) at least, or it is `source.slow`.
 * Throws `source.unreachable` for what is no http(s) address.
 */
export function openUrl(url: string, options: UrlOptions = {}): Source {
  const base = parseBase(url);
  const pace = { timeoutMs: 20_000, minBytesPerSecond: 4096, ...options };
  const get = options.fetch ?? fetch;

  return persistent(
    { attempts: 3, pauseMs: 500, ...options },
    {
      name: base.href,
      async read(path, { maxBytes = DEFAULT_MAX_BYTES, signal } = {}) {
        assertPath(path);
        const patience = createPatience(pace, path);
        const stop =
          signal === undefined ? patience.signal : AbortSignal.any([signal, patience.signal]);
        try {
          const response = await get(new URL(path, base), {
            signal: stop,
            redirect: "manual",
            credentials: "omit",
            referrerPolicy: "no-referrer",
          });
          return await readAnswer(response, {
            path,
            maxBytes,
            onBytes: (received) => patience.grant(received),
          });
        } catch (cause) {
          if (cause instanceof SourceError) throw cause;
          stop.throwIfAborted(); // who gave up says why, fetch only that it was aborted
          throw unreachable(path, base, cause);
        } finally {
          patience.end();
        }
      },
    },
  );
}

function parseBase(url: string): URL {
  const base = URL.parse(url.endsWith("/") ? url : `${url}/`);
  const isAddress = base?.protocol === "https:" || base?.protocol === "http:";
  if (base === null || !isAddress || base.username !== "" || base.search + base.hash !== "") {
    const wanted = "an http or https address without user, query and fragment";
    throw new SourceError("source.unreachable", "", `${JSON.stringify(url)} is not ${wanted}`);
  }
  return base;
}

function unreachable(path: string, base: URL, cause: unknown): SourceError {
  const reason = cause instanceof Error ? reasonOf(cause) : String(cause);
  const message = `${new URL(path, base).href} cannot be read: ${reason}`;
  return new SourceError("source.unreachable", path, message, { cause });
}

/** Node hides what went wrong (a refused connection, a name that is not known) below "fetch failed". */
function reasonOf({ message, cause }: Error): string {
  return cause instanceof Error && cause.message !== "" ? cause.message : message;
}
