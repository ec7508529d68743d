import { connect } from "node:net";

const patienceMs = 25_000;

/** Writes bytes to a port and reads until the other side closes; throws when it does not. */
export const exchange = (url: string, bytes: string): Promise<string> => {
  const { port, hostname } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let answer = "";
    socket.setTimeout(patienceMs, () => {
      socket.destroy();
      reject(new Error(`no end of the answer to ${JSON.stringify(bytes.slice(0, 100))}`));
    });
    socket.on("data", (chunk) => (answer += chunk.toString("latin1")));
    socket.on("close", () => resolve(answer));
    // Whoever is refused early finds the connection reset under what it still sends.
    socket.on("error", () => socket.destroy());
    socket.write(bytes, "latin1");
  });
};

const own = "host: lucid.example\r\nconnection: close\r\n";
const head = (path: string, headers = own): string => `GET ${path} HTTP/1.1\r\n${headers}\r\n`;
const post = (path: string, headers: string, body = "{}"): string =>
  `POST ${path} HTTP/1.1\r\n${own}content-type: application/json\r\n${headers}\r\n${body}`;
const sized = (path: string, body: string): string =>
  post(path, `content-length: ${body.length}\r\n`, body);
const chunked = "transfer-encoding: chunked\r\n";
const count = (length: number, of: (n: number) => string): string =>
  Array.from({ length }, (_, n) => of(n)).join("");

/** A path that there is, one that takes JSON, and a file outside what is served. */
export type Targets = { readonly read: string; readonly write: string };

/** Requests that no honest client sends, and the statuses that may answer them. */
export const hostileRequests = ({ read, write }: Targets): [string, string, number[]][] => [
  ["two slashes", head(`/${read}`), [404]],
  ["two slashes inside", head(read.replace("/v1", "//v1")), [404]],
  ["dots", head("/../../network.json"), [404]],
  ["dots in a path", head(`${read}/../../../keys/token.key`), [404]],
  ["escaped dots", head("/%2e%2e/%2e%2e/keys/token.key"), [404]],
  ["dots under the log", head("/log/%2e%2e/keys/token.key"), [404]],
  ["escaped slashes", head("/tile/..%2f..%2fkeys/token.key"), [404]],
  ["escaped slashes in a body", head("/body/..%2f..%2fkeys/token.key"), [404]],
  ["a backslash", head("/tile/..\\..\\keys\\token.key"), [404]],
  ["NUL", head("/tile/%00"), [404, 422]],
  ["a broken escape", head(`${read}/%zz`), [400]],
  ["raw bytes", head(`${read}/\u00e9`), [400]],
  ["semicolons", head(`${read};a=b`), [404, 422]],
  ["a long query", head(`${read}?${"a".repeat(15_000)}`), [422]],
  ["a thousand queries", head(`${read}?${count(1000, (n) => `a${n}=1&`)}`), [422]],
  ["another host", head(read, "host: evil.example\r\nconnection: close\r\n"), [421]],
  [
    "another host behind a user",
    head(read, "host: a@lucid.example\r\nconnection: close\r\n"),
    [421],
  ],
  ["our name as a suffix", head(read, "host: evil-lucid.example\r\nconnection: close\r\n"), [421]],
  ["an empty host", head(read, "host:\r\nconnection: close\r\n"), [421]],
  ["no host", head(read, "connection: close\r\n"), [400]],
  ["two hosts", head(read, `host: evil.example\r\n${own}`), [400]],
  ["two hosts the other way", head(read, `${own}host: evil.example\r\n`), [400]],
  [
    "a forwarded host",
    head(read, "host: evil.example\r\nx-forwarded-host: lucid.example\r\nconnection: close\r\n"),
    [421],
  ],
  ["a target elsewhere", head(`http://evil.example${read}`), [421]],
  ["a target here", head(`http://lucid.example${read}`), [200]],
  ["a star", `OPTIONS * HTTP/1.1\r\n${own}\r\n`, [404]],
  ["an unknown method", `BREW ${read} HTTP/1.1\r\n${own}\r\n`, [400]],
  ["TRACE", `TRACE ${read} HTTP/1.1\r\n${own}\r\n`, [404, 405]],
  ["HTTP/2 at once", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [400]],
  ["TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n", [400]],
  ["a flood of headers", head(read, own + count(3000, (n) => `x-${n}: yyyyyyyyyy\r\n`)), [413]],
  ["one huge header", head(read, `${own}x: ${"y".repeat(20_000)}\r\n`), [413]],
  ["a folded header", head(read, `${own}x: a\r\n b\r\n`), [400]],
  ["a space before the colon", head(read, "host : lucid.example\r\nconnection: close\r\n"), [400]],
  ["bare line feeds", head(read).replaceAll("\r\n", "\n"), [400]],
  ["two lengths", post(write, "content-length: 2\r\ncontent-length: 3\r\n"), [400]],
  ["the same length twice", post(write, "content-length: 2\r\ncontent-length: 2\r\n"), [400]],
  ["a list of lengths", post(write, "content-length: 2, 2\r\n"), [400]],
  ["a negative length", post(write, "content-length: -1\r\n"), [400]],
  ["a length beyond numbers", post(write, "content-length: 99999999999999999999\r\n"), [400]],
  ["a gigabyte announced", post(write, "content-length: 1000000000\r\n"), [401, 413]],
  [
    "a length and chunks",
    post(write, `content-length: 2\r\n${chunked}`, "2\r\n{}\r\n0\r\n\r\n"),
    [400],
  ],
  ["chunks that are not last", post(write, "transfer-encoding: chunked, identity\r\n"), [400]],
  ["an unknown coding", post(write, "transfer-encoding: xchunked\r\n"), [400]],
  ["a negative chunk", post(write, chunked, "-2\r\n{}\r\n0\r\n\r\n"), [400]],
  [
    "chunk extensions",
    post(write, chunked, `2;${"a=b;".repeat(6000)}\r\n{}\r\n0\r\n\r\n`),
    [400, 413],
  ],
  [
    "a body in gzip",
    sized(write, "{}").replace("\r\n\r\n", "\r\ncontent-encoding: gzip\r\n\r\n"),
    [401, 415],
  ],
  ["deep nesting", sized(write, '{"a":'.repeat(600) + "1" + "}".repeat(600)), [400, 401]],
  [
    "256 KiB of keys",
    sized(write, `{${count(20_000, (n) => `"k${n}":1,`)}"z":1}`),
    [401, 413, 422],
  ],
  ["a key twice", sized(write, '{"node_id":1,"node_id":2}'), [400, 401]],
  ["__proto__", sized(write, '{"__proto__":{"a":1}}'), [400, 401]],
  ["half a pair", sized(write, '{"node_id":"\\ud800"}'), [400, 401]],
  ["NUL in a text", sized(write, '{"node_id":"\\u0000"}'), [400, 401]],
  ["bytes that are no text", sized(write, '{"\u00ff":1}'), [400, 401]],
];
