const secretNames = [
  "authorization",
  "cookie",
  "api_key",
  "apiKey",
  "jwt",
  "key",
  "mnemonic",
  "passphrase",
  "password",
  "private_key",
  "privateKey",
  "privateKeyHex",
  "secret",
  "seed",
  "token",
  "access_token",
];
const depth = 4;

const pathsOf = (name: string): string[] =>
  Array.from({ length: depth }, (_, level) => `${"*.".repeat(level)}${name}`);

/** Paths of everything that must never reach a log, down to four levels of nesting. */
export const redactPaths: string[] = [
  ...secretNames.flatMap(pathsOf),
  ...Array.from({ length: depth }, (_, level) =>
    `${"*.".repeat(level)}["x-api-key"]`.replace(".[", "["),
  ),
];
