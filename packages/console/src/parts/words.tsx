import { pageOfId } from "../format/ids.ts";
import { splitIds } from "../format/words.ts";
import { Identifier } from "./identifier.tsx";

/** A sentence of the service, in which ids and addresses are short to read and whole to copy. */
export const Words = ({ text }: { text: string }) =>
  splitIds(text).map(({ text: part, what, at }) => {
    if (what === null) return part;
    // Bytes in a sentence are mostly a transaction, and no block of the log has its name.
    const href = what === "bytes" ? null : pageOfId(part);
    return <Identifier key={at} id={part} what={what} {...(href !== null && { href })} />;
  });
