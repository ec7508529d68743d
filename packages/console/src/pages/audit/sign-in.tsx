import { useState, type FormEvent } from "react";
import { signIn, signOut } from "../../api/session.ts";

type Session = {
  readonly principal: { readonly id: string; readonly roles: readonly string[] };
  readonly expires_at: string;
  readonly csrf_token: string | null;
};

/** Takes the token that `lucid admin token` shows. */
export const SignIn = () => {
  const [token, setToken] = useState("");
  const [refused, setRefused] = useState("");
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setRefused("");
    signIn(token.trim()).catch((error: unknown) => {
      setRefused(error instanceof Error ? error.message : String(error));
    });
    setToken("");
  };
  return (
    <form className="sign-in" onSubmit={submit}>
      <p>
        <code>lucid admin token</code> shows a token for an hour; paste it here. The browser keeps
        it where no page can read it.
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
      <button type="submit">Sign in</button>
      <output className={refused === "" ? "hidden" : "sign-in-refused"}>{refused}</output>
    </form>
  );
};

/** Who is signed in, and the way out. */
export const SignedIn = ({ session }: { session: Session }) => {
  const { principal, csrf_token } = session;
  return (
    <p className="signed-in">
      <code>{principal.id}</code> ({principal.roles.join(", ")})
      {csrf_token !== null && (
        <button type="button" onClick={() => void signOut(csrf_token)}>
          Sign out
        </button>
      )}
    </p>
  );
};
