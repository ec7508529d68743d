import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createTestFolder } from "../../../agent/src/testing/folder.ts";
import { moveSettings } from "./settings.ts";

const old = "/srv/lucid:old";

/** What the settings say once they were moved into a folder. */
const moved = async (data: string, settings: string, signer: string) => {
  const files = [join(data, "lucid.yaml"), join(data, "signer", "signer.yaml")] as const;
  await mkdir(join(data, "signer"));
  await Promise.all([writeFile(files[0], settings), writeFile(files[1], signer)]);
  await moveSettings(data, old);
  return Promise.all(files.map((file) => readFile(file, "utf8")));
};

test("the signer's socket and its mark follow the network's folder", async () => {
  await using folder = await createTestFolder();
  const { path } = folder;
  const settings = (data: string) =>
    `# made in ${old}\nSIGNER_SOCKET: "${data}/signer/run/signer.sock"\nTRON_NETWORK: none\n`;
  const signer = (data: string) => `SIGNER_MARK_FILE: "${data}/signer.mark"\n`;
  expect(await moved(path, settings(old), signer(old))).toEqual([settings(path), signer(path)]);
});

test.each(["'", ""])("also when they were written with %j around them", async (quote) => {
  await using folder = await createTestFolder();
  const socket = `SIGNER_SOCKET: ${quote}${old}/signer/run/signer.sock${quote}\n`;
  expect(await moved(folder.path, socket, "")).toEqual([
    `SIGNER_SOCKET: "${folder.path}/signer/run/signer.sock"\n`,
    "",
  ]);
});

test("what lies elsewhere stays where it is", async () => {
  await using folder = await createTestFolder();
  const settings = 'SIGNER_SOCKET: "/run/lucid-signer/signer.sock"\n';
  const signer = `SIGNER_MARK_FILE: ${old}/signer.mark.2\nSIGNER_LOG_URL: http://127.0.0.1:8086\n`;
  expect(await moved(folder.path, settings, signer)).toEqual([settings, signer]);
});

test("a folder without settings of its own has nothing to move", async () => {
  await using folder = await createTestFolder();
  await expect(moveSettings(folder.path, old)).resolves.toBeUndefined();
});
