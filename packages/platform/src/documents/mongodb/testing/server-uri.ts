/** Where the tests' server is; null when there is none. */
export const serverUri: string | null = process.env["MONGODB_URI"] ?? null;

if (serverUri === null && process.env["CI"] !== undefined)
  throw new Error("MONGODB_URI has to point to a server of MongoDB's protocol in CI");
