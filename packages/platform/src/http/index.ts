export type * from "./definition.ts";
export type { Answer, Connection, Handler, Principal, Reply, RequestContext } from "./context.ts";
export type * from "./contract.ts";
export * from "./problem.ts";
export { systemDefinitions } from "./health.ts";
export { openApiDocument } from "./openapi.ts";
export { docsPage, type DocsContent } from "./docs-page.ts";
export { HttpStartError } from "./listen.ts";
export { createHttp } from "./server.ts";
export { isReply } from "./answering.ts";
export { csrfTokenOf, sessionCookie, type Credential } from "./credential.ts";
export {
  createKeySetIssuer,
  createSecretIssuer,
  type KeySetOptions,
  type OutsideOptions,
} from "./outside-issuers.ts";
export type { TokenIssuer } from "./token-issuer.ts";
export { createTokens, type Tokens, type TokensOptions } from "./tokens.ts";
export { createTokenVerifier, type TokenVerifierOptions } from "./token-verifier.ts";
