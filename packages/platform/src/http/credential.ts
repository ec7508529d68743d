import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyRequest } from "fastify";

/** What a caller sends to prove who it is: a token, in the header or in the cookie of a browser. */
export type Credential = { readonly token: string; readonly from: "header" | "cookie" };

/** `__Host-`: only this host, over HTTPS, for all paths (RFC 6265bis, section 4.1.3.2). Plain HTTP cannot have it. */
const cookieName = (isSecure: boolean): string =>
  isSecure ? "__Host-lucid_session" : "lucid_session";

export const isSecure = (request: FastifyRequest): boolean => request.protocol === "https";

const bearerOf = (header: string): string | null => /^Bearer +([^\s]+)$/i.exec(header)?.[1] ?? null;

const cookieOf = (request: FastifyRequest): string | undefined => {
  const start = `${cookieName(isSecure(request))}=`;
  const pairs = request.headers.cookie?.split(";").map((pair) => pair.trim()) ?? [];
  return pairs.find((pair) => pair.startsWith(start))?.slice(start.length);
};

/** The header counts before the cookie; `malformed` when it is no bearer token. */
export const credentialOf = (request: FastifyRequest): Credential | "malformed" | null => {
  const { authorization, cookie } = request.headers;
  if (authorization !== undefined) {
    const token = bearerOf(authorization);
    return token === null ? "malformed" : { token, from: "header" };
  }
  const token = cookie === undefined ? undefined : cookieOf(request);
  return token === undefined ? null : { token, from: "cookie" };
};

/** What a page of the console sends along with a change: other sites cannot read it and so cannot send it. */
export const csrfTokenOf = (token: string): string =>
  createHash("sha256").update(`lucid/csrf/v1\n${token}`).digest("base64url");

/** Whether a request that carries a cookie was made by the console's own page: reads are, changes have to show it. */
export const isOwnPage = (request: FastifyRequest, { token }: Credential): boolean => {
  if (request.method === "GET" || request.method === "HEAD") return true;
  const shown = Buffer.from(String(request.headers["x-csrf-token"] ?? ""));
  const wanted = Buffer.from(csrfTokenOf(token));
  return shown.length === wanted.length && timingSafeEqual(shown, wanted);
};

/** The Set-Cookie header that has a browser keep a token out of reach of scripts; with `null` it forgets it. */
export const sessionCookie = (
  token: string | null,
  options: { readonly isSecure: boolean; readonly maxAgeS: number },
): string =>
  [
    `${cookieName(options.isSecure)}=${token ?? ""}`,
    "Path=/",
    "HttpOnly",
    "SameSite=Strict",
    `Max-Age=${token === null ? 0 : options.maxAgeS}`,
    ...(options.isSecure ? ["Secure"] : []),
  ].join("; ");
