/** How texts of settings have to look that several programs read; each with an example for whoever wrote another. */

/** Public keys as every tool of the network prints them. */
export const publicKeyForm = {
  pattern: /^[0-9a-f]{64}$/,
  example: "64 lower-case hex digits",
};

/** A name or address to listen on, without scheme and port. */
export const hostForm = { pattern: /^[0-9A-Za-z.:_-]+$/, example: "0.0.0.0 or 127.0.0.1" };

/** A host name as a caller writes it in its Host header. */
export const hostNameForm = {
  pattern: /^(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z._-]+)(:[0-9]{1,5})?$/,
  example: "lucid.example.org",
};

/** An origin as browsers send it: no path, no slash at the end. */
export const originForm = {
  pattern: /^https?:\/\/(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z._-]+)(:[0-9]{1,5})?$/,
  example: "https://example.org",
};
