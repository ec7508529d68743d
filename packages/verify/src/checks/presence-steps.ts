import { createAddressBook } from "@lucid/protocol";
import { createAddressChanges } from "./address-changes.ts";
import { createBeacons } from "./beacons.ts";
import { firstProblem } from "./problem.ts";
import { counting, each, noting } from "./step.ts";
import type { BooksDeps, Step } from "./step.ts";
import { createCommitments } from "./commitments.ts";
import { createEvidence } from "./evidence.ts";
import { createExcuses } from "./excuses.ts";
import { createMaintenance } from "./maintenance.ts";
import { createMembers } from "./members.ts";
import { createPolicies } from "./policies.ts";
import { createSeats } from "./seats.ts";
import { createStandings } from "./standings.ts";

/** Who belongs to the network, by which rules, and when they were there. */
export const createPresenceSteps = ({ network, tally }: Pick<BooksDeps, "network" | "tally">) => {
  const { genesis, networkId } = network;
  const policies = createPolicies();
  const addresses = createAddressBook(network);
  const members = createMembers(network, addresses);
  const evidence = createEvidence(network);
  const maintenance = createMaintenance({ genesis, members, tally });
  const excuses = createExcuses({ network, evidence, tally });
  const changeAddress = createAddressChanges({ networkId, addresses, members, tally });
  const decide = createStandings({ network, members, addresses, policies, tally });
  const commit = createCommitments({ network, members, evidence });
  const hear = createBeacons({ network, members, evidence });

  const beacons: Step = (block) => {
    const { count, found } = hear(block);
    tally.check("beacons", count);
    tally.attest("beacon_times", count);
    return found;
  };

  /** In one block they stand by their bytes, which says nothing about which came first. */
  const announce: Step = (block, body) => {
    const announced = body.of("policy").toSorted((a, b) => a.data.version - b.data.version);
    tally.check("policies", announced.length);
    return firstProblem(announced, (policy) => policies.announce(policy, block));
  };

  const steps: Step[] = [
    announce,
    policies.checkHeader,
    each("enrolment", members.enrol, counting(tally, "enrolments")),
    each("address_change", changeAddress),
    each("standing", decide),
    each("seat", createSeats({ network, members }), counting(tally, "seats")),
    each("commitment", commit, counting(tally, "commitments")),
    each("maintenance", maintenance.announce),
    each("excuse", excuses.excuse),
    noting(excuses.endBlock),
    beacons,
    noting(members.endBlock),
  ];
  return { steps, policies, addresses, members, evidence, maintenance };
};

/** What pay rests on. */
export type Presence = Omit<ReturnType<typeof createPresenceSteps>, "steps">;
