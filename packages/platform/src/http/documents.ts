import { docsPage, docsPolicy, type DocsContent } from "./docs-page.ts";
import type { UnmatchedDeps } from "./unmatched.ts";

type Page = {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
};

const servePage = (
  { app, admission, faults, budget }: UnmatchedDeps,
  { url, body, headers }: Page,
): void => {
  app.get(url, (request, reply) => {
    const refused = admission(request, reply) ?? budget(request);
    if (refused !== null) faults.answer(refused, request, reply);
    else reply.headers({ ...headers }).send(body);
  });
};

/** Serves what there is to know about the API: for tools and for people. */
export const registerDocuments = (
  deps: UnmatchedDeps,
  document: object,
  content: DocsContent,
): void => {
  servePage(deps, {
    url: "/api/v1/openapi.json",
    body: JSON.stringify(document),
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-cache" },
  });
  servePage(deps, {
    url: "/docs",
    body: docsPage(content),
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": docsPolicy,
      "cache-control": "no-cache",
    },
  });
};
