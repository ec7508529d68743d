/** What is wrong with a request, or with the service that it reached. */
export const requestErrors = {
  "request.invalid": {
    status: 422,
    title: "The request does not fit its schema",
    retry: "changed",
    fix: "Correct the fields that `errors` names; each has a JSON pointer.",
  },
  "request.malformed": {
    status: 400,
    title: "The body is not complete, valid JSON",
    retry: "changed",
    fix: "Send one complete JSON value whose length is the Content-Length, without duplicate or reserved keys.",
  },
  "request.too_large": {
    status: 413,
    title: "The body is too large",
    retry: "changed",
    fix: "Send at most the number of bytes that `detail` names.",
  },
  "request.media_type": {
    status: 415,
    title: "The media type is not supported",
    retry: "changed",
    fix: "Send the content type that `detail` names.",
  },
  "request.not_found": {
    status: 404,
    title: "There is no such path",
    retry: "changed",
    fix: "Look the path up at /docs.",
  },
  "request.method": {
    status: 405,
    title: "The path does not have this method",
    retry: "changed",
    fix: "Use a method that the Allow header names.",
  },
  "request.host": {
    status: 421,
    title: "This host name is not served here",
    retry: "changed",
    fix: "Use a name in TRUSTED_HOSTS, or add this one to it.",
  },
  "request.timeout": {
    status: 408,
    title: "The request took too long to arrive",
    retry: "later",
    fix: "Send the whole request at once.",
  },
  "limits.exceeded": {
    status: 429,
    title: "Too many requests",
    retry: "later",
    fix: "Wait for the seconds in Retry-After.",
  },
  "service.unavailable": {
    status: 503,
    title: "The service cannot do this right now",
    retry: "later",
    fix: "Try again; /ready says what is missing.",
  },
  internal: {
    status: 500,
    title: "Something broke on our side",
    retry: "later",
    fix: "Tell the operator the request id; the log has the cause under it.",
  },
  "network.wrong": {
    status: 409,
    title: "This is another network",
    retry: "no",
    fix: "Compare network_id with GET /api/v1/network and use the right service.",
  },
} as const;
