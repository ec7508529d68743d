export type * from "./definition.ts";
export type { Answer, Connection, Handler, Principal, Reply, RequestContext } from "./context.ts";
export type * from "./contract.ts";
export * from "./problem.ts";
export { openApiDocument } from "./openapi.ts";
export { docsPage, type DocsContent } from "./docs-page.ts";
export { HttpStartError } from "./listen.ts";
export { createHttp } from "./server.ts";
export { createTokens, type Tokens, type TokensOptions } from "./tokens.ts";
