import type { ProofStep } from "../../model/proof.ts";

/** The chain from a leaf to the name of the network, link by link. */
export const Verdict = ({ steps }: { steps: readonly ProofStep[] }) => (
  <>
    {steps.every(({ holds }) => holds) ? (
      <output className="verdict good">✓ It stands in the log. Checked in this browser.</output>
    ) : (
      <p className="verdict bad" role="alert">
        ✗ This does not hold. Do not believe it.
      </p>
    )}
    <ol className="steps">
      {steps.map((step) => (
        <Step key={step.claim} {...step} />
      ))}
    </ol>
  </>
);

const Step = ({ holds, claim, how }: ProofStep) => (
  <li className={holds ? "good" : "bad"}>
    <span aria-hidden="true">{holds ? "✓" : "✗"}</span>
    <span>
      {claim}{" "}
      <span className="note">
        {!holds && <strong>Does not hold: </strong>}
        {how}
      </span>
    </span>
  </li>
);
