import { useAttempt } from "../../api/attempt.ts";
import { signOut, type Session } from "../../api/session.ts";
import { pageOfId } from "../../format/ids.ts";
import { Moment } from "../../parts/age.tsx";
import { Identifier } from "../../parts/identifier.tsx";
import { Refused } from "../../parts/refused.tsx";

/** Who is signed in, until when, and the way out. */
export const SignedIn = ({ session }: { session: Session }) => {
  const { refused, isBusy, attempt } = useAttempt();
  const { principal, expires_at, csrf_token } = session;
  const page = pageOfId(principal.id);
  return (
    <p className="row">
      <span>
        <Identifier
          id={principal.id}
          what={`${principal.kind} id`}
          {...(page !== null && { href: page })}
        />{" "}
        ({principal.roles.join(", ")}
        ), until <Moment at={expires_at} />
      </span>
      {csrf_token !== null && (
        <button type="button" disabled={isBusy} onClick={() => attempt(() => signOut(session))}>
          Sign out
        </button>
      )}
      <Refused why={refused} />
    </p>
  );
};
