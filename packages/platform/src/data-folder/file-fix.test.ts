import { expect, test } from "vitest";
import { fileFix } from "./index.ts";

const faultOf = (code: string) => Object.assign(new Error("it failed"), { code });

test("a file that this user may not touch names the user and the command that helps", () => {
  const user = `${process.getuid?.()}:${process.getgid?.()}`;
  for (const code of ["EACCES", "EPERM"])
    expect(fileFix(faultOf(code), "/app/data")).toContain(`chown -R ${user} /app/data`);
});

test("a disk that takes no writes says why", () => {
  expect(fileFix(faultOf("EROFS"), "/app/data")).toContain("read-only");
  expect(fileFix(faultOf("ENOSPC"), "/app/data")).toContain("is full");
});

test("any other fault is not explained", () => {
  expect(fileFix(faultOf("ENOENT"), "/app/data")).toBeNull();
  expect(fileFix("no error", "/app/data")).toBeNull();
});
