import { useState, type FormEvent } from "react";
import { useAttempt } from "../../api/attempt.ts";
import { challengeWallet, type WalletChallenge } from "../../api/session.ts";
import { formatMoment } from "../../format/time.ts";
import { CopyButton, Identifier } from "../../parts/identifier.tsx";
import { Refused } from "../../parts/refused.tsx";

/** Signs an owner in by the wallet that it is paid at. */
export const WalletSignIn = ({ address }: { address: string }) => {
  const [challenge, setChallenge] = useState<WalletChallenge | null>(null);
  const { refused, isBusy, attempt } = useAttempt();
  const ask = () => attempt(async () => setChallenge(await challengeWallet(address)));
  return (
    <details>
      <summary>Is this you? Sign in with your wallet</summary>
      <div className="form">
        <p>
          Signing in lets you set from which balance on you are paid, and see to your nodes. Your
          wallet <Identifier id={address} what="address" /> signs a text (“sign message”): nothing
          is sent to the chain, it costs nothing, and the key stays in the wallet.
        </p>
        <p className="row">
          <button type="button" disabled={isBusy} onClick={ask}>
            {challenge === null ? "Show the text to sign" : "Show another text"}
          </button>
          <Refused why={refused} />
        </p>
        {challenge !== null && <Answer key={challenge.text} challenge={challenge} />}
      </div>
    </details>
  );
};

const Answer = ({ challenge: { text, expiresAt, answer } }: { challenge: WalletChallenge }) => {
  const [signature, setSignature] = useState("");
  const { refused, isBusy, attempt } = useAttempt();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    attempt(() => answer(signature));
  };
  return (
    <form className="form" onSubmit={submit}>
      <p className="note">
        All of it and nothing else, until {formatMoment(expiresAt)}{" "}
        <CopyButton text={text} what="the text to sign" />
      </p>
      <pre className="verbatim">{text}</pre>
      <label>
        Signature
        <input
          autoComplete="off"
          spellCheck={false}
          required
          value={signature}
          onChange={(event) => setSignature(event.target.value)}
        />
      </label>
      <button type="submit" disabled={isBusy}>
        Sign in
      </button>
      <Refused why={refused} />
    </form>
  );
};
