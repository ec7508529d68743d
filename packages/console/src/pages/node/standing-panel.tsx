import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import { decideStanding, type Standing } from "../../api/decide-standing.ts";
import type { Reading } from "../../api/reading.ts";
import type { Session } from "../../api/session.ts";
import type { Node } from "../../model/node.ts";
import { Panel } from "../../parts/panel.tsx";
import { ReasonForm } from "../../parts/reason-form.tsx";

type Props = { readonly node: UseQueryResult<Reading<Node>>; readonly session: Session };

/** Lets a node take part, or takes that back, for those who decide about nodes. */
export const StandingPanel = ({ node, session }: Props) => (
  <Panel title="Standing" query={node}>
    {(value) => <Decide node={value} session={session} />}
  </Panel>
);

const Decide = ({ node, session }: { node: Node; session: Session }) => {
  const [decided, setDecided] = useState<string | null>(null);
  const decide = async (standing: Standing, words: string) => {
    const { standing_from_slot } = await decideStanding(session, node, standing, words);
    setDecided(`${standing} from slot ${standing_from_slot} on`);
  };
  const isActive = node.standing === "active";
  return (
    <>
      <p className="lead">
        {node.standing}
        <output>{decided !== null && `, ${decided}`}</output>
      </p>
      {node.standing !== "retired" && (
        <ReasonForm
          key={node.standing}
          usual={isActive ? "suspended" : "approved"}
          placeholder={CODE}
          pattern={CODE_PATTERN}
          acts={[isActive ? suspend : approve]}
          onAct={decide}
        />
      )}
    </>
  );
};

const CODE = "a code like clock_off: a-z, 0-9, _";
/** The API's reason code, whose words may have spaces between them. */
const CODE_PATTERN = " *[a-z][a-z0-9_ ]{0,63} *";

const suspend = ["suspended", "Suspend: it earns nothing"] as const;
const approve = ["active", "Approve: it takes part"] as const;
