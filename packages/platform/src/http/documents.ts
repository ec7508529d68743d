import { docsPage, docsPolicy, type DocsContent } from "./docs-page.ts";
import type { UnmatchedDeps } from "./unmatched.ts";

type Page = {
  readonly url: string;
  readonly write: () => string;
  readonly headers: Readonly<Record<string, string>>;
};

const servePage = (
  { app, admission, faults, budget }: UnmatchedDeps,
  { url, write, headers }: Page,
): void => {
  // Some MiB that most processes are never asked for; whoever asks first waits some milliseconds.
  let body: Buffer | null = null;
  app.get(url, (request, reply) => {
    const refused = admission(request, reply) ?? budget(request);
    if (refused !== null) faults.answer(refused, request, reply);
    else reply.headers({ ...headers }).send((body ??= Buffer.from(write())));
  });
};

/** Serves what there is to know about the API: for tools and for people. */
export const registerDocuments = (
  deps: UnmatchedDeps,
  document: () => object,
  content: DocsContent,
): void => {
  servePage(deps, {
    url: "/api/v1/openapi.json",
    write: () => JSON.stringify(document()),
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-cache" },
  });
  servePage(deps, {
    url: "/docs",
    write: () => docsPage(content),
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": docsPolicy,
      "cache-control": "no-cache",
    },
  });
};
