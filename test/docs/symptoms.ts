import { createServer } from "node:net";
import { once } from "node:events";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Ended, Scratch } from "./scratch.ts";

/** Brings a symptom about and answers what was printed, by every command that shows it. */
export type Symptom = (scratch: Scratch) => Promise<readonly Ended[]>;

const DATA = "/var/lib/lucid";
const UP = `lucid up --data ${DATA}`;
const isUp = (out: string): boolean => out.includes("Ctrl-C stops it");

/** A network that was made once, and that nobody has run. */
let first: Promise<string> | null = null;

/** Where the network is that every symptom gets a copy of. */
export const makeNetwork = (scratch: Scratch): Promise<string> => {
  first ??= scratch.run(`lucid init --demo --data ${DATA}`).then(() => scratch.here(DATA));
  return first;
};

const made = async (scratch: Scratch): Promise<void> => {
  if (first === null) throw new Error("makeNetwork comes first");
  cpSync(await first, scratch.here(DATA), { recursive: true });
};

const afterInit =
  (...commands: string[]): Symptom =>
  async (scratch) => {
    await made(scratch);
    return runAll(scratch, commands);
  };

const runAll = async (scratch: Scratch, commands: readonly string[]): Promise<Ended[]> => {
  const ended: Ended[] = [];
  for (const command of commands) ended.push(await scratch.run(command));
  return ended;
};

/** The system's clock as the program reads it, moved by so many ms. */
const withClock = (ms: number): string =>
  `NODE_OPTIONS="--import data:text/javascript,const%20now=Date.now;Date.now=()=>now()+(${ms})"`;

/** Runs the services until the log has so many blocks. */
const growTo = async (scratch: Scratch, blocks: number): Promise<void> => {
  const stop = await scratch.start(UP, isUp);
  await scratch.until(`lucid blocks show ${blocks - 1}`);
  await stop();
};

const copy = (scratch: Scratch, name: string, to: string): void =>
  cpSync(join(scratch.here(DATA), name), join(scratch.here(DATA), to), { recursive: true });

/** Blocks in the log, by the second line of its checkpoint (C2SP tlog-checkpoint). */
const sizeOfLog = (scratch: Scratch): number =>
  Number(readFileSync(join(scratch.here(DATA), "log", "checkpoint"), "utf8").split("\n")[1]);

/** Starts with an earlier copy of something, and asks until the doctor sees it. */
const goBack = (name: string): Symptom => {
  const put = (scratch: Scratch): void => {
    const folder = scratch.here(DATA);
    for (const tail of ["", "-wal", "-shm"])
      rmSync(join(folder, `${name}${tail}`), { recursive: true, force: true });
    copy(scratch, `${name}.earlier`, name);
  };
  return async (scratch) => {
    await made(scratch);
    await growTo(scratch, 2);
    copy(scratch, name, `${name}.earlier`);
    await growTo(scratch, sizeOfLog(scratch) + 3);
    put(scratch);
    await scratch.start(UP, isUp);
    await scratch.until(`! lucid doctor --data ${DATA} | grep -q '^ok  *log '`);
    return [await scratch.run(`lucid doctor --data ${DATA}`)];
  };
};

const listenOn = async (port: number): Promise<AsyncDisposable> => {
  const server = createServer().listen(port, "0.0.0.0");
  await once(server, "listening");
  return { [Symbol.asyncDispose]: async () => void (await once(server.close(), "close")) };
};

const redis = async (scratch: Scratch, options: string, command: string): Promise<Ended[]> => {
  await scratch.start(`exec redis-server --port 9190 --save "" ${options}`, (out) =>
    out.includes("Ready to accept"),
  );
  return runAll(scratch, [command]);
};

/** By the headings of docs/troubleshooting.md. */
export const symptoms: Readonly<Record<string, Symptom>> = {
  "It does not start: bind address": afterInit(
    `${UP} --set NODE_MANAGEMENT_HOST=lucid.example`,
    `${UP} --set BLOCK_MANAGER_HOST=192.0.2.1`,
  ),
  "It does not start: permission denied": async (scratch) => {
    await made(scratch);
    const other = `setpriv --reuid 65532 --regid 65532 --clear-groups env HOME=/ ${UP}`;
    const ended = await scratch.run(`chmod 755 . var var/lib && chmod 700 ${DATA} && ${other}`);
    return [ended, await scratch.run(`chmod -R a+rX ${DATA} && ${other}`)];
  },
  "It does not start: no network in the folder": (scratch) => runAll(scratch, [UP]),
  "It does not start: a restore that is not over": async (scratch) => {
    await made(scratch);
    await scratch.run(
      `cd ${DATA} && rm network.json && echo "another backup" > restore-unfinished`,
    );
    return runAll(scratch, [UP]);
  },
  "It does not start: a key is missing": afterInit(`rm ${DATA}/keys/log.key; ${UP}`),
  "It does not start: port taken": async (scratch) => {
    await made(scratch);
    await using stack = new AsyncDisposableStack();
    stack.use(await listenOn(Number(scratch.here("8095"))));
    return await runAll(scratch, [UP]);
  },
  "It does not start: two services on one folder": async (scratch) => {
    await made(scratch);
    await scratch.start(UP, isUp);
    return runAll(scratch, [UP]);
  },
  "It does not start: unknown variable": afterInit(
    `NODE_MANAGEMENT_PRT=1 REDIS_URI=redis://x ${UP}`,
  ),
  "It does not start: database unreachable": afterInit(
    `${UP} --set MONGODB_URI=mongodb://127.0.0.1:9/lucid`,
  ),
  "It does not start: wrong password": async (scratch) => {
    await made(scratch);
    const url = "redis://default:wrong@127.0.0.1:9190/0";
    return redis(scratch, "--requirepass right", `${UP} --set REDIS_URL=${url}`);
  },
  "It does not start: the clock is off": async (scratch) => {
    await made(scratch);
    const before = await scratch.run(`${withClock(-86_400_000)} ${UP}`);
    await scratch.start(UP, isUp);
    const peer = "--set BLOCK_MANAGER_PEERS=http://127.0.0.1:8086";
    const doctor = await scratch.run(`${withClock(3_600_000)} lucid doctor --data ${DATA} ${peer}`);
    return [before, { ...doctor, code: before.code }];
  },
  "It does not start: a store from a newer version": async (scratch) => {
    await made(scratch);
    await (
      await scratch.start(UP, isUp)
    )();
    const store = new DatabaseSync(join(scratch.here(DATA), "node-management.sqlite"));
    store.prepare("UPDATE _collections SET version = 99 WHERE name = ?").run("ledger");
    store.close();
    return runAll(scratch, [UP]);
  },
  "It does not start: the log is empty": async (scratch) => {
    await made(scratch);
    await (
      await scratch.start(UP, isUp)
    )();
    rmSync(join(scratch.here(DATA), "log"), { recursive: true });
    return runAll(scratch, [UP]);
  },
  "The log is behind: block-manager is away": async (scratch) => {
    await made(scratch);
    const away = "--set BLOCK_MANAGER_URL=http://127.0.0.1:8086";
    await scratch.start(`${UP} ${away}`, isUp);
    return runAll(scratch, [`lucid doctor --data ${DATA} ${away}`]);
  },
  "The log is behind: a log that was restored": goBack("log"),
  "A store that was restored": goBack("node-management.sqlite"),
  "The disk is full": async (scratch) => {
    await scratch.run(`mkdir -p ${DATA} && mount -t tmpfs -o size=6m tmpfs ${DATA}`);
    try {
      await made(scratch);
      const stop = await scratch.start(UP, isUp);
      await scratch.run(`dd if=/dev/zero of=${DATA}/fill bs=64k || true`);
      await scratch.until(`lucid doctor --data ${DATA} | grep -q 'No room left'`);
      const ended = await scratch.run(`lucid doctor --data ${DATA}`);
      await stop();
      return [ended];
    } finally {
      await scratch.run(`umount -l ${DATA}`);
    }
  },
  "Redis evicts keys": async (scratch) => {
    await made(scratch);
    const url = "redis://127.0.0.1:9190/0";
    const doctor = `lucid doctor --data ${DATA} --set REDIS_URL=${url}`;
    return redis(scratch, "--maxmemory 10mb --maxmemory-policy allkeys-lru", doctor);
  },
};
