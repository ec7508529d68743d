import { toIso } from "@lucid/api";
import { Link } from "wouter";
import { plural } from "../../format/numbers.ts";
import type { Block } from "../../model/blocks.ts";
import { Moment } from "../../parts/age.tsx";
import { Facts } from "../../parts/facts.tsx";
import { Identifier } from "../../parts/identifier.tsx";

/** What a header says. */
export const HeaderFacts = ({ block: { header, headerHash, height, epoch } }: { block: Block }) => (
  <>
    <p className="verdict good">
      ✓ Signed by the network key, linked to the block before, part of the log
    </p>
    <Facts
      facts={[
        { name: "Hash", value: <Identifier id={headerHash} what="header hash" /> },
        {
          name: "Slot",
          value: (
            <>
              {header.slot} in <Link href={`/epochs/${epoch}`}>epoch {epoch}</Link>
            </>
          ),
        },
        { name: "Sealed", value: <Moment at={toIso(header.sealed_at)} /> },
        {
          name: "Heard",
          value: header.observed ? "yes" : "no beacon could be accepted: excused for all",
        },
        {
          name: "Left waiting",
          value: header.backlog === 0 ? "nothing" : plural(header.backlog, "leaf", "leaves"),
        },
        { name: "Body root", value: <Identifier id={header.body_root} what="body root" /> },
        { name: "Policy", value: <Identifier id={header.policy_hash} what="policy hash" /> },
        {
          name: "Parent",
          value: (
            <Identifier
              id={header.parent}
              what="parent"
              {...(height > 0 && { href: `/blocks/${height - 1}` })}
            />
          ),
        },
      ]}
    />
  </>
);
