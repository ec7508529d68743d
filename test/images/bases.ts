import { chmod, chown, cp, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { existsSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { run } from "./command.ts";
import type { ImageStore } from "./store.ts";

export type Bases = { readonly builder: string; readonly runtime: string };

export const SUITE = "bookworm"; // what the real bases are made of
const CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt";
/** This machine's certificates: the registry of its npm may be known to them only. */
export const HOST_CERTIFICATES = "/etc/ssl/this-machine.crt";
const NON_ROOT = 65_532; // the id of distroless' user nonroot

/** Stand-ins for the two base images, made of Debian's packages and this machine's Node; kept for the next run. */
export const prepareBases = async (store: ImageStore, mirror: string): Promise<Bases> => {
  const debian = join(store.folder, "debian");
  const [builder, runtime] = [
    "localhost/lucid-builder:stand-in",
    "localhost/lucid-runtime:stand-in",
  ];
  if (!existsSync(join(debian, "usr/local/bin/npm"))) await makeBuilder(debian, mirror);
  if (!(await store.has(builder))) await importFolder(store, debian, builder);
  if (!(await store.has(runtime))) {
    const bare = join(store.folder, "bare");
    await makeRuntime(bare, debian);
    await importFolder(store, bare, runtime);
  }
  return { builder, runtime };
};

/** Debian with Node and npm, like the official image of Node. */
const makeBuilder = async (debian: string, mirror: string): Promise<void> => {
  await rm(debian, { recursive: true, force: true });
  const options = ["--variant=minbase", "--include=ca-certificates"];
  await run("debootstrap", [...options, SUITE, debian, mirror]);
  await rm(join(debian, "dev"), { recursive: true });
  await mkdir(join(debian, "dev"));
  const [bin, modules] = [
    join(debian, "usr/local/bin"),
    join(debian, "usr/local/lib/node_modules"),
  ];
  await cp(process.execPath, join(bin, "node"), { dereference: true });
  await cp(CERTIFICATES, join(debian, HOST_CERTIFICATES), { dereference: true });
  const npm = (await run("sh", ["-c", "command -v npm"])).out.trim();
  await cp(join(realpathSync(npm), "../.."), join(modules, "npm"), { recursive: true });
  await symlink("../lib/node_modules/npm/bin/npm-cli.js", join(bin, "npm"));
};

/** What distroless has: Node, the libraries that it needs, certificates and a user. */
const makeRuntime = async (bare: string, debian: string): Promise<void> => {
  await rm(bare, { recursive: true, force: true });
  const { out } = await run("chroot", [debian, "ldd", "/usr/local/bin/node"]);
  const libraries = [...out.matchAll(/(?:=> |^\s)(\/\S+) \(/gm)].map(([, path]) => path ?? "");
  for (const path of [...libraries, CERTIFICATES]) await copyInto(bare, path, join(debian, path));
  await copyInto(bare, "/nodejs/bin/node", join(debian, "usr/local/bin/node"));
  await chmod(join(bare, "nodejs/bin/node"), 0o755);
  const etc = join(bare, "etc");
  await writeFile(
    join(etc, "passwd"),
    `root:x:0:0:root:/root:/sbin/nologin\nnonroot:x:${NON_ROOT}:${NON_ROOT}:nonroot:/home/nonroot:/sbin/nologin\n`,
  );
  await writeFile(join(etc, "group"), `root:x:0:\nnonroot:x:${NON_ROOT}:\n`);
  await writeFile(join(etc, "nsswitch.conf"), "hosts: files dns\n");
  for (const folder of ["tmp", "proc", "sys", "dev", "home/nonroot"])
    await mkdir(join(bare, folder), { recursive: true });
  await chmod(join(bare, "tmp"), 0o1777);
  await chown(join(bare, "home/nonroot"), NON_ROOT, NON_ROOT);
};

const copyInto = async (root: string, path: string, source: string): Promise<void> => {
  const target = join(root, path);
  await mkdir(dirname(target), { recursive: true });
  await cp(realpathSync(source), target);
};

const importFolder = async (store: ImageStore, folder: string, image: string): Promise<void> => {
  const file = join(store.folder, "Import");
  await writeFile(file, "FROM scratch\nCOPY . /\n");
  await store.buildah(["bud", "--isolation", "chroot", "--tag", image, "--file", file, folder]);
};

/** The mirror that this machine's apt reads. */
export const findMirror = async (): Promise<string> => {
  const { out } = await run("apt-get", ["indextargets", "--format", "$(CODENAME) $(REPO_URI)"]);
  const line = out.split("\n").find((line) => line.startsWith(`${SUITE} `));
  const uri = line?.split(" ").at(1);
  if (uri === undefined)
    throw new Error(`apt knows no mirror of Debian ${SUITE}; name one with --mirror`);
  return uri;
};
