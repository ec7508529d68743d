import { leafHash, toHex } from "@lucid/protocol";
import type { ProvenLeaf } from "@lucid/verify";
import { useEffect, useRef } from "react";
import { useProven } from "../../api/log.ts";
import { aboutLeaf, kindWords, leafKind, leafText } from "../../model/leaves.ts";
import { CopyButton, Identifier } from "../../parts/identifier.tsx";
import { LeafAbout, LeafAmount } from "./leaf-about.tsx";
import { LogPanel } from "./log-panel.tsx";
import { Verdict } from "./verdict.tsx";

type Props = { readonly height: number; readonly index: number; readonly hash: string | null };

/** What a leaf says, and the proof that it stands in the log, checked here. */
export const LeafPanel = ({ height, index, hash }: Props) => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  const proof = useProven("leaf", height, index, hash);
  return (
    <div ref={place} tabIndex={-1} className="leaf">
      <LogPanel title={`Leaf ${index}`} query={proof} lasting>
        {({ proven, steps }) => (
          <>
            <Verdict steps={steps} />
            <Words proven={proven} />
          </>
        )}
      </LogPanel>
    </div>
  );
};

const Words = ({ proven: { leaf, bytes } }: { proven: ProvenLeaf }) => {
  const about = aboutLeaf(leaf);
  return (
    <>
      <h3>What it says</h3>
      <p className="about">
        {kindWords(leafKind(leaf))} · <LeafAbout about={about} /> <LeafAmount about={about} unit />
      </p>
      <pre className="verbatim">{leafText(leaf)}</pre>
      <p className="note">
        Leaf hash <Identifier id={toHex(leafHash(bytes))} what="leaf hash" />, {bytes.length} bytes{" "}
        <CopyButton text={toHex(bytes)} what="bytes of the leaf" />
      </p>
    </>
  );
};
