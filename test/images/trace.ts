import { readFile } from "node:fs/promises";

/** Every call by which a program can change a file system, as far as the machine has it. */
const CALLS =
  "open openat openat2 creat mkdir mkdirat mknod mknodat unlink unlinkat rmdir rename renameat renameat2 link linkat symlink symlinkat chmod fchmodat chown lchown fchownat truncate utimensat setxattr lsetxattr bind execve"
    .split(" ")
    .map((name) => `?${name}`)
    .join(",");

/** Runs a command and everything it starts under strace, which notes the calls in a file. */
export const withTrace = (
  file: string,
  [command, args]: [string, string[]],
): [string, string[]] => [
  "strace",
  [
    "-f",
    "--seccomp-bpf",
    "-e",
    `trace=${CALLS}`,
    "-e",
    "signal=none",
    "-o",
    file,
    command,
    ...args,
  ],
];

/** The three folders of every image, and what every container has. */
const FOLDERS = ["/app/data", "/app/logs", "/app/cache", "/tmp", "/dev"];
const OPENS = /^(?:open|openat|openat2|creat)$/;
const WRITES = /O_WRONLY|O_RDWR|O_CREAT|O_TRUNC/;

type Call = { readonly pid: string; readonly name: string; readonly rest: string };

const callIn = (line: string): Call[] => {
  const [, pid, name, rest] = /^(\d+) +(\w+)\((.*)$/.exec(line) ?? [];
  return pid === undefined || name === undefined || rest === undefined ? [] : [{ pid, name, rest }];
};

export type Traced = {
  /** Its first argument; what the container's runtime did before does not count. */
  readonly program: string;
  /** Where it may write besides the three folders of every image and /tmp. */
  readonly more?: readonly string[];
};

/** The calls by which an image's program tried to write where it must not, whether it could or not. */
export const findAttempts = async (
  file: string,
  { program, more = [] }: Traced,
): Promise<string[]> => {
  const folders = [...FOLDERS, ...more];
  const calls = (await readFile(file, "utf8")).split("\n").flatMap(callIn);
  const start = calls.findIndex(
    ({ name, rest }) => name === "execve" && rest.startsWith(`"${program}"`),
  );
  if (start === -1) throw new Error(`${file} does not tell that ${program} was started`);
  const { pid: own } = calls[start]!;
  const others = new Set(calls.slice(0, start).map(({ pid }) => pid));
  others.delete(own);
  const attempts = calls
    .slice(start + 1)
    .filter(({ pid, name, rest }) => !others.has(pid) && isWrite(name, rest))
    .filter(({ rest }) => !staysInside(rest, folders))
    .map(({ name, rest }) => `${name}(${rest}`);
  return [...new Set(attempts)];
};

const isWrite = (name: string, rest: string): boolean =>
  name !== "execve" && (!OPENS.test(name) || name === "creat" || WRITES.test(rest));

/**
 * Paths that are not absolute count from /app, which is not writable. Sockets without a path (bind) are no files; a
 * file by its descriptor alone (utimensat) was opened before, which counted.
 */
const staysInside = (rest: string, folders: readonly string[]): boolean => {
  if (/^\d+, NULL,/.test(rest)) return true;
  const paths = [...rest.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, path]) => path ?? "");
  if (/sa_family=/.test(rest) && !rest.includes("AF_UNIX")) return true;
  return paths.length > 0 && paths.every((path) => folders.some((folder) => isIn(path, folder)));
};

const isIn = (path: string, folder: string): boolean =>
  path === folder || (path.startsWith(`${folder}/`) && !path.includes(".."));
