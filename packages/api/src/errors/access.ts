/** What can be wrong with who asks, and with asking about the audit trail. */
export const accessErrors = {
  "access.unauthenticated": {
    status: 401,
    title: "A valid token is needed",
    retry: "changed",
    fix: "Sign in: POST /api/v1/auth/challenge, then /api/v1/auth/token.",
  },
  "access.expired": {
    status: 401,
    title: "The token has expired",
    retry: "changed",
    fix: "Sign in again; a token is valid for an hour.",
  },
  "access.forbidden": {
    status: 403,
    title: "This role may not do that",
    retry: "no",
    fix: "Use an account with one of the roles that `detail` names.",
  },
  "access.challenge": {
    status: 409,
    title: "The challenge is unknown, used or expired",
    retry: "changed",
    fix: "Ask for a new challenge and answer it within its time.",
  },
  "access.signature": {
    status: 401,
    title: "The signature does not answer the challenge",
    retry: "changed",
    fix: "Sign exactly the object or text that the challenge returned, with the key that you name.",
  },
  "access.unknown_key": {
    status: 403,
    title: "No node, owner or person has this key",
    retry: "no",
    fix: "Enrol the node first, or use a key of the network's people.",
  },
  "access.csrf": {
    status: 403,
    title: "The change did not come from the console's own page",
    retry: "changed",
    fix: "Send the csrf_token of GET /api/v1/auth/session in the header x-csrf-token.",
  },
  "access.not_yours": {
    status: 403,
    title: "This belongs to somebody else",
    retry: "no",
    fix: "A node may do this with itself, an owner with itself and its nodes.",
  },
  "access.revoked": {
    status: 401,
    title: "The token was revoked",
    retry: "changed",
    fix: "Sign in again.",
  },
  "audit.no_root": {
    status: 404,
    title: "The audit trail of this epoch has no root yet",
    retry: "later",
    fix: "Ask a minute after the epoch is over.",
  },
} as const;
