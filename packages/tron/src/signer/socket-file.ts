import { chmod, chown, lstat, mkdir, unlink } from "node:fs/promises";
import { connect, type Server } from "node:net";
import { dirname } from "node:path";
import { reasonOf, SignerFault } from "./fault.ts";

export type SocketPlace = {
  readonly path: string;
  /** Members of this group may ask too, which is how a service under another user id does; otherwise only this user. */
  readonly gid?: number | undefined;
};

/** What fits into sockaddr_un with its final zero. */
const MOST_PATH_BYTES = 107;

/** Lets a server listen on a socket that nobody else can reach: 0600 in a folder with 0700, or 0660 in 0750 for a group. */
export const openSocket = async (server: Server, { path, gid }: SocketPlace): Promise<void> => {
  if (Buffer.byteLength(path) > MOST_PATH_BYTES)
    throw new SignerFault(
      "config.signer_socket",
      `SIGNER_SOCKET must have at most ${MOST_PATH_BYTES} bytes`,
    );
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await requirePrivate(folder, gid === undefined ? 0o077 : 0o027);
  await removeStale(path);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  await chmod(path, gid === undefined ? 0o600 : 0o660);
  if (gid === undefined) return;
  await chown(path, -1, gid);
  await chown(folder, -1, gid);
  await chmod(folder, 0o750);
};

const requirePrivate = async (folder: string, forbidden: number): Promise<void> => {
  const { mode, uid } = await lstat(folder);
  const isOurs = uid === process.getuid?.();
  if (isOurs && (mode & forbidden) === 0) return;
  throw new SignerFault(
    "signer.socket.open",
    `${folder} can be entered by others: give the socket a folder of its own (chmod 700, owned by the signer's user)`,
  );
};

/** What a signer that was killed left behind; one that answers stays. */
const removeStale = async (path: string): Promise<void> => {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (found === null) return;
  if (!found.isSocket())
    throw new SignerFault("signer.socket.taken", `${path} is there and is no socket`);
  if (await isAnswered(path))
    throw new SignerFault(
      "signer.socket.taken",
      `another signer listens on ${path}: stop it first`,
    );
  await unlink(path).catch((cause: unknown) => {
    throw new SignerFault("signer.socket.taken", `${path}: ${reasonOf(cause)}`, { cause });
  });
};

const isAnswered = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
