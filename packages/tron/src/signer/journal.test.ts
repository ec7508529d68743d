import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SignerFault } from "./fault.ts";
import { makeJournal, openJournal } from "./journal.ts";
import type { SignedLine } from "./journal-lines.ts";

const binding = { network_id: "ab".repeat(32), chain: "cd".repeat(32), token: "T1", wallet: "T2" };
const line = (changes: Partial<SignedLine> = {}): SignedLine => ({
  payout_id: "payout_a",
  attempt: 1,
  txid: "ef".repeat(32),
  account: "owner:a",
  seq: 3,
  entry_hash: "01".repeat(32),
  recipient: "T3",
  net_micro: "9900000",
  fence: 4,
  at_ms: 1000,
  expiration_ms: 2000,
  ref_block_number: 5,
  ref_block_id: "02".repeat(32),
  ...changes,
});

let dir: string;
let path: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "journal-"));
  path = join(dir, "journal.sqlite");
  makeJournal(path, { ...binding, since_ms: 10, at_ms: 10 });
});
afterEach(() => rmSync(dir, { recursive: true }));

/** What stands in a journal, or that it is refused as damaged. */
const readAgain = (file: string): unknown => {
  try {
    using journal = openJournal(file, binding, `${path}.mark`);
    return [journal.spentSince(0), journal.get("payout_7", 1), journal.figures()];
  } catch (error) {
    if (error instanceof SignerFault && error.code === "signer.journal.damaged") return "damaged";
    throw error;
  }
};

describe("the journal", () => {
  it("knows what was signed, also when it is opened again", () => {
    {
      using journal = openJournal(path, binding);
      journal.add("signed", line());
      journal.add("signed", line({ payout_id: "payout_b", at_ms: 5000, seq: 4, fence: 6 }));
    }
    using journal = openJournal(path, binding);
    expect(journal.get("payout_a", 1)).toEqual(line());
    expect(journal.get("payout_a", 2)).toBeNull();
    expect(journal.highestFence()).toBe(6);
    expect(journal.head("owner:a")).toEqual({ seq: 4, hash: "01".repeat(32) });
    expect(journal.spentSince(0)).toEqual({ count: 2, micro: 19_800_000n });
    expect(journal.spentSince(2000)).toEqual({ count: 1, micro: 9_900_000n });
    journal.add("expired", { payout_id: "payout_b", attempt: 1, at_ms: 6000, last_block: 9 });
    expect(journal.spentSince(0)).toEqual({ count: 1, micro: 9_900_000n });
    expect(journal.figures()).toEqual({ lines: 4, signed: 2 });
    expect(journal.lastMs()).toBe(6000);
  });

  it("holds an attempt once", () => {
    using journal = openJournal(path, binding);
    journal.add("signed", line());
    expect(() => journal.add("signed", line({ txid: "aa".repeat(32) }))).toThrow(/UNIQUE/);
  });

  it("lets a person lower the token, and says why for ever", () => {
    {
      using journal = openJournal(path, binding);
      journal.add("signed", line({ fence: 900 }));
      journal.add("lowered", { fence: 3, reason: "the store was put back", at_ms: 2000 });
      expect(journal.highestFence()).toBe(3);
      journal.add("fence", { fence: 5, at_ms: 3000 });
    }
    using journal = openJournal(path, binding);
    expect(journal.highestFence()).toBe(5);
    expect(journal.get("payout_a", 1)?.fence).toBe(900);
  });

  it("is of one signer at a time, one wallet, and never made over", () => {
    {
      using _ = openJournal(path, binding);
      expect(() => openJournal(path, binding)).toThrow(
        expect.objectContaining({ code: "signer.journal.locked" }),
      );
    }
    expect(() => openJournal(path, { ...binding, wallet: "T9" })).toThrow(
      expect.objectContaining({ code: "signer.journal.other" }),
    );
    expect(() => makeJournal(path, { ...binding, since_ms: 0, at_ms: 0 })).toThrow(
      expect.objectContaining({ code: "signer.journal.exists" }),
    );
    expect(() => openJournal(join(dir, "none"), binding)).toThrow(
      expect.objectContaining({ code: "signer.journal.missing" }),
    );
    using again = openJournal(path, binding);
    expect(again.figures().lines).toBe(1);
  });

  it.each([
    [
      "a line that says something else",
      "UPDATE lines SET text = replace(text, '9900000', '0') WHERE n = 1",
    ],
    ["a line that is gone", "DELETE FROM lines WHERE n = 1"],
    ["a first line that is gone", "DELETE FROM lines WHERE n = 0"],
    ["nothing in it", "DELETE FROM lines"],
    ["another kind of line", "UPDATE lines SET kind = 'fence' WHERE n = 1"],
    ["no lines at all", "DROP TABLE lines"],
  ])("is refused with %s", (_, damage) => {
    {
      using journal = openJournal(path, binding);
      journal.add("signed", line());
      journal.add("signed", line({ payout_id: "payout_b" }));
    }
    const file = new DatabaseSync(path);
    file.exec(damage);
    file.close();
    expect(() => openJournal(path, binding)).toThrow(
      expect.objectContaining({ code: "signer.journal.damaged" }),
    );
  });

  it("is refused, or read as it was, whichever byte of the file is flipped", () => {
    {
      using journal = openJournal(path, binding);
      for (let n = 0; n < 20; n++)
        journal.add("signed", line({ payout_id: `payout_${n}`, seq: n }));
    }
    const whole = readAgain(path);
    const bytes = readFileSync(path);
    const copy = join(dir, "copy.sqlite");
    for (let at = 0; at < bytes.length; at += 97) {
      copyFileSync(path, copy);
      const flipped = Buffer.from(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ 0x15;
      writeFileSync(copy, flipped);
      expect([at, readAgain(copy)]).toEqual([at, expect.toBeOneOf([whole, "damaged"])]);
    }
  });
});
