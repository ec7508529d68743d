import { useState, type ReactNode } from "react";
import { Link } from "wouter";
import { shortId } from "../format/ids.ts";
import { CopyIcon, DoneIcon } from "./icons.tsx";

type Props = {
  readonly id: string;
  /** What the id is, for the copy button: `node id`. */
  readonly what: string;
  readonly href?: string;
  /** Shows every character. */
  readonly whole?: boolean;
};

/** An id: short to read, whole to copy. */
export const Identifier = ({ id, what, href, whole = false }: Props) => (
  <span className={whole ? "id whole" : "id"}>
    <IdText href={href} title={whole ? undefined : id}>
      {whole ? id : shortId(id)}
    </IdText>
    <CopyButton text={id} what={what} />
  </span>
);

type TextProps = { href: string | undefined; title: string | undefined; children: ReactNode };

const IdText = ({ href, title, children }: TextProps) => {
  if (href === undefined) return <code title={title}>{children}</code>;
  const inside = href.startsWith("/");
  return inside ? (
    <Link href={href} title={title}>
      <code>{children}</code>
    </Link>
  ) : (
    <a href={href} title={title} target="_blank" rel="noreferrer noopener">
      <code>{children}</code>
    </a>
  );
};

export const CopyButton = ({ text, what }: { text: string; what: string }) => {
  const [outcome, setOutcome] = useState<"" | "copied" | "not copied">("");
  const copy = () => {
    writeClipboard(text)
      .then(() => setOutcome("copied"))
      .catch(() => setOutcome("not copied"))
      .finally(() => setTimeout(() => setOutcome(""), 1500));
  };
  return (
    <button type="button" className="copy" onClick={copy} aria-label={`Copy ${what} ${text}`}>
      {outcome === "copied" ? <DoneIcon /> : <CopyIcon />}
      <output className={outcome === "" ? "hidden" : "copy-outcome"}>{outcome}</output>
    </button>
  );
};

/** Outside of https and localhost a browser has no clipboard to write to. */
const writeClipboard = async (text: string): Promise<void> => {
  if (!("clipboard" in navigator)) throw new Error("no clipboard");
  await navigator.clipboard.writeText(text);
};
