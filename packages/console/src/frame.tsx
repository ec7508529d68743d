import { useState, type FormEvent, type ReactNode } from "react";
import { Link, useLocation } from "wouter";
import { useOperation } from "./api/service.ts";
import { useSession } from "./api/session.ts";
import { ConnectionBanner, ConnectionState } from "./connection-state.tsx";
import { pageOfId } from "./format/ids.ts";
import { LucidMark } from "./parts/icons.tsx";

/** What stands around every page. */
export const Frame = ({ children }: { children: ReactNode }) => (
  <>
    <a className="skip" href="#main">
      Skip to content
    </a>
    <header className="top">
      <Link href="/" className="brand">
        <LucidMark /> Lucid <NetworkName />
      </Link>
      <Pages />
      <GoTo />
      <ConnectionState />
      <You />
    </header>
    <ConnectionBanner />
    <main id="main" tabIndex={-1}>
      {children}
    </main>
    <Foot />
  </>
);

const NetworkName = () => {
  const name = useOperation("getNetwork", {}).data?.value.genesis["name"];
  return typeof name === "string" ? <span className="network-name">{name}</span> : null;
};

const pages = [
  { href: "/", name: "Overview" },
  { href: "/nodes", name: "Nodes" },
  { href: "/owners", name: "Owners" },
  { href: "/payouts", name: "Payouts" },
  { href: "/pools", name: "Pools" },
  { href: "/epochs", name: "Epochs" },
  { href: "/blocks", name: "Blocks" },
  { href: "/audit", name: "Audit" },
];

const Pages = () => {
  const [location] = useLocation();
  const isCurrent = (href: string) =>
    href === "/" ? location === "/" : location === href || location.startsWith(`${href}/`);
  return (
    <nav className="pages" aria-label="Pages">
      {pages.map(({ href, name }) => (
        <Link key={href} href={href} aria-current={isCurrent(href) ? "page" : undefined}>
          {name}
        </Link>
      ))}
    </nav>
  );
};

/** As what one is signed in, or the way to. */
const You = () => {
  const session = useSession();
  return (
    <Link href="/you" className="you" title={session?.principal.id}>
      {session === null ? "Sign in" : session.principal.roles.join(", ")}
    </Link>
  );
};

const GoTo = () => {
  const [, navigate] = useLocation();
  const [text, setText] = useState("");
  const [refused, setRefused] = useState(false);
  const go = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const page = pageOfId(text);
    setRefused(page === null);
    if (page === null) return;
    setText("");
    navigate(page);
  };
  return (
    <search className="go-to">
      <form onSubmit={go}>
        <input
          aria-label="Go to a node, an owner, a payout, an epoch or a block"
          aria-invalid={refused}
          aria-describedby="go-to-hint"
          placeholder="node_…, owner_…, payout_…, block 12"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setRefused(false);
          }}
        />
        <output id="go-to-hint" className={refused ? "go-to-hint" : "hidden"}>
          {refused
            ? "Enter a whole id of a node, owner, payout or pool, a header hash, an epoch, or “block 12”."
            : ""}
        </output>
      </form>
    </search>
  );
};

const Foot = () => (
  <footer className="foot">
    <span>All times are UTC, by the service's clock.</span>
    <span>
      <a href="/docs">API</a>
    </span>
  </footer>
);
