import { resolve } from "node:path";
import { exitCode, Failure, outputOf, type Io, writeNewSecret } from "@lucid/agent";
import { ed25519PublicKey, toHex } from "@lucid/protocol";
import { Command } from "commander";

/** `lucid admin key`: a person's key, which the network learns by its public half. */
export const createKeyCommand = (io: Io): Command =>
  new Command("key")
    .description("make a key of your own, to sign in with --key wherever somebody decides")
    .argument("<file>", "where it goes; never overwritten")
    .action(async (name: string, _options: object, command: Command) => {
      const file = resolve(name);
      const seed = io.random(32);
      await writeNewSecret(file, `${toHex(seed)}\n`).catch(refuseExisting(file));
      const publicKey = toHex(ed25519PublicKey(seed));
      outputOf(io, command).result({ event: "key", file, public_key: publicKey }, () =>
        [
          `public key ${publicKey}`,
          `The key is in ${file}, readable by you alone. Who has it can decide as you.`,
          "Next: have the public key named in OPERATOR_KEYS, TREASURER_KEYS or ADMIN_KEYS of lucid.yaml and the services started again",
        ].join("\n"),
      );
    });

const refuseExisting =
  (file: string) =>
  (cause: unknown): never => {
    if (!(cause instanceof Error && "code" in cause && cause.code === "EEXIST")) throw cause;
    throw new Failure("admin.key_exists", `${file} exists, and a key is never overwritten`, {
      fix: "Use it as it is, or name another file",
      exit: exitCode.folder,
      cause,
    });
  };
