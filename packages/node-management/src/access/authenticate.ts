import type { Authenticate, Authentication, Tokens } from "@lucid/platform/http";
import type { Revocations } from "./revocations.ts";

const revoked: Authentication = {
  code: "access.revoked",
  detail: "This token was revoked: sign in again.",
};

/** Whom a token speaks for, unless it was revoked. */
export const createAuthenticate = ({
  tokens,
  revocations,
}: {
  readonly tokens: Pick<Tokens, "verify">;
  readonly revocations: Pick<Revocations, "isRevoked">;
}): Authenticate => {
  const unlessRevoked = (answer: Authentication): Authentication =>
    "principal" in answer && revocations.isRevoked(answer.principal) ? revoked : answer;
  return (token) => {
    const answer = tokens.verify(token);
    return answer instanceof Promise ? answer.then(unlessRevoked) : unlessRevoked(answer);
  };
};
