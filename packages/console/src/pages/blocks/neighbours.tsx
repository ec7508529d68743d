import { Link } from "wouter";

/** The blocks before and after. */
export const Neighbours = ({ height, size }: { height: number; size: number }) => (
  <nav className="neighbours" aria-label="Neighbouring blocks">
    {height > 0 && <Link href={`/blocks/${height - 1}`}>← Block {height - 1}</Link>}
    {height + 1 < size ? (
      <Link href={`/blocks/${height + 1}`}>Block {height + 1} →</Link>
    ) : (
      <span className="note">the latest block</span>
    )}
  </nav>
);
