import canonicalize from "canonicalize";
import { toHex, utf8 } from "../bytes.ts";
import { leafHash, rootOfHashes } from "../tlog/merkle.ts";

/**
 * The RFC 6962 leaf hash (32 bytes) of one line of the audit trail: of its RFC 8785 form, in UTF-8, with every field
 * as GET /api/v1/audit shows it. Null and fractions may stand in it: a line says what others showed.
 */
export const auditLineHash = (line: object): Uint8Array =>
  leafHash(utf8(canonicalize(line) as string));

/** The root (hex) over the lines of an epoch in ascending id, given their leaf hashes: `audit_root`'s `root`. */
export const auditRootOf = (lineHashes: readonly Uint8Array[]): string =>
  toHex(rootOfHashes(lineHashes));
