import { MongoServerError } from "mongodb";
import { expect, test } from "vitest";
import { toDocumentsError } from "./faults.ts";

/** As MongoDB 7 answers a wrong password (AuthenticationFailed) and a user without rights (Unauthorized). */
test.each([
  [18, "Authentication failed."],
  [13, "not authorized on lucid to execute command"],
])("error %d of a server that does not let us in names the setting", (code, message) => {
  expect(toDocumentsError(new MongoServerError({ code, message }))).toMatchObject({
    code: "documents.refused",
    message: expect.stringContaining("MONGODB_URI") as string,
  });
});
