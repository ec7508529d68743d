import { useState, type FormEvent } from "react";
import { Link } from "wouter";
import { useAttempt } from "../../api/attempt.ts";
import { signIn } from "../../api/session.ts";
import { Refused } from "../../parts/refused.tsx";

/** Takes the token that `lucid admin token` shows. */
export const TokenForm = () => {
  const [token, setToken] = useState("");
  const { refused, isBusy, attempt } = useAttempt();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    attempt(() => signIn(token.trim()));
    setToken("");
  };
  return (
    <form className="form" onSubmit={submit}>
      <p>
        <code>lucid admin token</code> shows a token for an hour; paste it here. The browser keeps
        it where no page can read it. An owner signs in on{" "}
        <Link href="/owners">the owner&apos;s page</Link>, with the wallet.
      </p>
      <label>
        Token
        <input
          type="password"
          autoComplete="off"
          required
          value={token}
          onChange={(event) => setToken(event.target.value)}
        />
      </label>
      <button type="submit" disabled={isBusy}>
        Sign in
      </button>
      <Refused why={refused} />
    </form>
  );
};
