import { createCipheriv, createDecipheriv, scrypt } from "node:crypto";
import { readFile } from "node:fs/promises";
import { exitCode, Failure } from "@lucid/agent";
import { toHex } from "@lucid/protocol";
import { damaged } from "./failures.ts";

/** scrypt as RFC 7914 has it: 128 MiB of memory for each guess. */
const COST = { N: 131_072, r: 8, p: 1 };
const FEWEST_CHARACTERS = 12;
const LABEL = "lucid/backup-secrets/v1";

/** Files by their path in the data folder. */
export type Secrets = ReadonlyMap<string, Uint8Array>;

export type SealOptions = {
  readonly passphrase: string;
  /** Of the backup: secrets of another one do not open under it. */
  readonly backupId: string;
};

/** Encrypts with a key made of the passphrase (scrypt, then AES-256-GCM); the answer is text. */
export const sealSecrets = async (
  secrets: Secrets,
  { passphrase, backupId }: SealOptions,
  random: (bytes: number) => Uint8Array,
): Promise<string> => {
  const [salt, nonce] = [random(16), random(12)];
  const cipher = createCipheriv("aes-256-gcm", await keyOf(passphrase, salt), nonce);
  cipher.setAAD(labelOf(backupId));
  const plain = JSON.stringify(
    Object.fromEntries([...secrets].map(([path, bytes]) => [path, toBase64(bytes)])),
  );
  const data = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return `${JSON.stringify({
    kdf: { name: "scrypt", ...COST, salt: toHex(salt) },
    cipher: "aes-256-gcm",
    nonce: toHex(nonce),
    tag: toHex(cipher.getAuthTag()),
    data: toBase64(data),
  })}\n`;
};

/** Throws a Failure `backup.passphrase` when the passphrase does not open them, `backup.damaged` for what is no such text. */
export const openSecrets = async (
  text: string,
  { passphrase, backupId }: SealOptions,
  path: string,
): Promise<Secrets> => {
  const { salt, nonce, tag, data } = parse(text, path);
  const decipher = createDecipheriv("aes-256-gcm", await keyOf(passphrase, salt), nonce);
  decipher.setAAD(labelOf(backupId)).setAuthTag(tag);
  try {
    const plain = Buffer.concat([decipher.update(data), decipher.final()]).toString("utf8");
    const files = JSON.parse(plain) as Record<string, string>;
    return new Map(
      Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes, "base64")]),
    );
  } catch (cause) {
    throw new Failure("backup.passphrase", `the passphrase does not open ${path}`, {
      fix: "Name the file that holds the passphrase of this backup, with --keys",
      exit: exitCode.usage,
      cause,
    });
  }
};

/** The first line of a file. */
export const readPassphrase = async (path: string): Promise<string> => {
  const [passphrase = ""] = (await readFile(path, "utf8")).split(/\r?\n/, 1);
  if (passphrase.length >= FEWEST_CHARACTERS) return passphrase;
  throw new Failure(
    "backup.passphrase",
    `the first line of ${path} is a passphrase of fewer than ${FEWEST_CHARACTERS} characters`,
    { fix: "Choose a longer one, such as six random words", exit: exitCode.usage },
  );
};

const labelOf = (backupId: string): Buffer => Buffer.from(`${LABEL}\n${backupId}`);

const keyOf = (passphrase: string, salt: Uint8Array): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { ...COST, maxmem: 256 * COST.N * COST.r };
    scrypt(passphrase.normalize("NFC"), salt, 32, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });

const parse = (text: string, path: string) => {
  try {
    const sealed = JSON.parse(text) as {
      kdf: typeof COST & { salt: string };
      nonce: string;
      tag: string;
      data: string;
    };
    const { kdf } = sealed;
    if (kdf.N !== COST.N || kdf.r !== COST.r || kdf.p !== COST.p) throw new Error("another cost");
    return {
      salt: Buffer.from(kdf.salt, "hex"),
      nonce: Buffer.from(sealed.nonce, "hex"),
      tag: Buffer.from(sealed.tag, "hex"),
      data: Buffer.from(sealed.data, "base64"),
    };
  } catch (cause) {
    throw damaged(path, "it holds no sealed secrets", cause);
  }
};

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
