/** How texts of settings have to look that several programs read; each with an example for whoever wrote another. */

/** Public keys as every tool of the network prints them. */
export const publicKeyForm = {
  pattern: /^[0-9a-f]{64}$/,
  example: "64 lower-case hex digits",
};

/** A name or address to listen on, without scheme and port. */
export const hostForm = { pattern: /^[0-9A-Za-z.:_-]+$/, example: "0.0.0.0 or 127.0.0.1" };

const port = "(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5]?[0-9]{1,4})";
const name = String.raw`(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z._-]+)`;

/** A host name as a caller writes it in its Host header. */
export const hostNameForm = {
  pattern: new RegExp(`^${name}(:${port})?$`),
  example: "lucid.example.org",
};

/** An origin as browsers send it: no path, no slash at the end. */
export const originForm = {
  pattern: new RegExp(`^https?://${name}(:${port})?$`),
  example: "https://example.org",
};

/** Where Redis is. */
export const redisForm = {
  pattern: new RegExp(String.raw`^rediss?://([^\s/@]*@)?${name}(:${port})?(/[0-9]{0,2})?$`),
  example: "redis://user:password@host:6379/0",
};

/** An algorithm that signs with one key and is checked with another (RFC 7518, RFC 8037). */
export const signatureForm = {
  pattern: /^(EdDSA|Ed25519|(RS|PS|ES)(256|384|512))$/,
  example: "EdDSA,ES256",
};
