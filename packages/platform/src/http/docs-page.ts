import { createHash } from "node:crypto";
import type { TSchema } from "typebox";
import type { HttpOptions } from "./contract.ts";
import type { RouteDefinition } from "./definition.ts";
import { errorCodesOf } from "./openapi.ts";
import type { ErrorTable } from "./problem.ts";

export type DocsContent = {
  readonly definitions: readonly RouteDefinition[];
  readonly info: HttpOptions["info"];
  readonly errors: ErrorTable;
};

const style = `:root{color-scheme:light dark;--line:color-mix(in srgb,currentColor 18%,transparent);--quiet:color-mix(in srgb,currentColor 65%,transparent)}
body{font:16px/1.5 system-ui,sans-serif;max-width:62rem;margin:0 auto;padding:1.5rem;overflow-wrap:anywhere}
h1,h2{line-height:1.2}h2{margin-top:2.5rem;text-transform:capitalize}a{color:inherit}
article{border-top:1px solid var(--line);padding:.75rem 0}h3{margin:0;font-size:1rem;font-weight:600}
code,pre{font:13px/1.5 ui-monospace,monospace}pre{overflow:auto;padding:.75rem;border:1px solid var(--line);border-radius:.4rem;margin:.5rem 0}
.method{display:inline-block;min-width:4.2rem;font-weight:700}.quiet,summary{color:var(--quiet)}p{margin:.3rem 0}
table{border-collapse:collapse;width:100%}td,th{border-top:1px solid var(--line);padding:.4rem .6rem .4rem 0;text-align:left;vertical-align:top}
:target{background:color-mix(in srgb,gold 25%,transparent)}nav a{margin-right:1rem}`;

const hash = createHash("sha256").update(style).digest("base64");

/** Nothing runs on the page and nothing is fetched; its one style is named by its hash. */
export const docsPolicy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

const replacements: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};
const escape = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (char) => replacements[char] ?? char);

/** Text with `code` in it, as descriptions are written. */
const prose = (text: string): string => escape(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");

const slug = (tag: string): string => `tag-${tag.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;

const schemaBlock = (title: string, schema: TSchema | undefined): string =>
  schema === undefined
    ? ""
    : `<details><summary>${escape(title)}</summary><pre>${escape(JSON.stringify(schema, null, 2))}</pre></details>`;

const operationBlock = (definition: RouteDefinition): string => {
  const { operationId, method, path, summary, description, roles, params, query, body, response } =
    definition;
  const codes = errorCodesOf(definition)
    .map((code) => `<a href="#${escape(code)}"><code>${escape(code)}</code></a>`)
    .join(", ");
  const answers = Object.entries(response).map(([status, schema]) =>
    schemaBlock(`answer ${status}`, schema),
  );
  return `<article id="${escape(operationId)}">
<h3><span class="method">${method}</span><code>${escape(path)}</code></h3>
<p>${prose(summary)}</p>${description === undefined ? "" : `<p>${prose(description)}</p>`}
<p class="quiet">for ${escape(roles.join(", "))}; errors: ${codes}</p>
${schemaBlock("path", params)}${schemaBlock("query", query)}${schemaBlock("body", body)}${answers.join("")}
</article>`;
};

const tagBlock = ([tag, definitions]: [string, RouteDefinition[]]): string =>
  `<h2 id="${slug(tag)}">${escape(tag)}</h2>${definitions.map(operationBlock).join("\n")}`;

const errorRows = (errors: ErrorTable): string =>
  Object.entries(errors)
    .map(
      ([code, { status, title, retry, fix }]) =>
        `<tr id="${escape(code)}"><td><code>${escape(code)}</code></td><td>${status}</td><td>${prose(title)}</td><td>${escape(retry)}</td><td>${prose(fix)}</td></tr>`,
    )
    .join("\n");

/** The documents of an API as one page that needs nothing else. */
export const docsPage = ({ definitions, info, errors }: DocsContent): string => {
  const tags = [...Map.groupBy(definitions, ({ tag }) => tag)];
  const links = tags.map(([tag]) => `<a href="#${slug(tag)}">${escape(tag)}</a>`).join("");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape(info.title)}</title><style>${style}</style></head><body>
<h1>${escape(info.title)} <span class="quiet">${escape(info.version)}</span></h1>
<p>${prose(info.description)}</p>
<p>As OpenAPI 3.1: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a></p>
<nav>${links}<a href="#errors">errors</a></nav>
${tags.map(tagBlock).join("\n")}
<h2 id="errors">Errors</h2>
<table><thead><tr><th>code</th><th>status</th><th>meaning</th><th>retry</th><th>what to do</th></tr></thead><tbody>
${errorRows(errors)}
</tbody></table>
</body></html>
`;
};
