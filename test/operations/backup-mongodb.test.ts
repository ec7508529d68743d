import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runLucid } from "../../packages/cli/src/testing/run-lucid.ts";
import { createTestDatabase } from "../../packages/platform/src/documents/mongodb/testing/server.ts";
import { serverUri } from "../../packages/platform/src/documents/mongodb/testing/server-uri.ts";
import { makeOldFolder } from "./old-folder.ts";

let root: string;
let data: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "lucid-engines-"));
  data = join(root, "data");
  await makeOldFolder(data);
});
afterEach(() => rm(root, { recursive: true }));

let seed = 1;
const lucid = (...words: string[]) => runLucid(["--json", ...words], { seed: seed++ });

describe.skipIf(serverUri === null)("a backup", () => {
  test("of SQLite goes into MongoDB, and back, with every document; a full database is refused", async () => {
    await using database = createTestDatabase(serverUri ?? "");
    const first = await lucid("backup", "--data", data, "--to", join(root, "one"));
    expect(first).toMatchObject({ code: 0, err: "" });
    const shared = ["--set", `MONGODB_URI=${database.uri}`];
    const from = String(first.lines[0]?.["folder"]);
    const restore = (...more: string[]) =>
      lucid("restore", from, "--data", join(root, "cluster"), ...shared, ...more);
    expect(await restore()).toMatchObject({ code: 0, err: "" });

    const second = await lucid("backup", "--data", data, "--to", join(root, "two"), ...shared);
    expect(second).toMatchObject({ code: 0, err: "" });
    for (const field of ["documents", "ledger_entries"])
      expect(second.lines[0]?.[field]).toBe(first.lines[0]?.[field]);
    const again = await lucid("restore", from, "--data", join(root, "again"), ...shared);
    expect(again).toMatchObject({
      code: 4,
      err: expect.stringContaining('"code":"backup.not_empty"') as string,
    });
    const back = ["restore", String(second.lines[0]?.["folder"]), "--data", join(root, "back")];
    expect(await lucid(...back)).toMatchObject({ code: 0, err: "" });
  });
});
