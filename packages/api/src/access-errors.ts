/** What can be wrong with who asks, and with asking about the audit trail. */
export const accessErrors = {
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
