import { outputOf, type Io } from "@lucid/agent";
import { Command } from "commander";
import { issueAdminToken, signInAsAdmin, type KeyedPlace } from "../admin/index.ts";
import { withKey } from "./place.ts";

/** `lucid admin token`: signs in and shows the token, for the console and for other programs. */
export const createTokenCommand = (io: Io): Command =>
  withKey(new Command("token"))
    .description("sign in and show the token, for an hour; whoever has it speaks for you")
    .action(async (options: KeyedPlace, command: Command) => {
      const { token, expires_at, principal } = await issueAdminToken(options);
      outputOf(io, command).result({ event: "token", token, expires_at, principal }, () => token);
    });

type Revoking = KeyedPlace & { readonly token?: true };

/** `lucid admin revoke`: tokens that got into the wrong hands. */
export const createRevokeCommand = (io: Io): Command =>
  withKey(new Command("revoke"))
    .description("make every token that a principal has worthless; it may sign in again")
    .argument("<id>", "of the node, owner or person; with --token, of one token (its jti)")
    .argument("<reason>", "a sentence for the record")
    .option("--token", "only this token")
    .action(async (id: string, reason: string, options: Revoking, command: Command) => {
      const client = await signInAsAdmin(options);
      const what = options.token === true ? { token_id: id } : { principal_id: id };
      const revoked = await client.call("createRevocation", { body: { ...what, reason } });
      outputOf(io, command).result(
        { event: "revoked", ...revoked },
        () => `${id} has no token any more that was given before ${revoked.at}`,
      );
    });
