import { decodeBody, ed25519PublicKey, signHeader } from "@lucid/protocol";
import { type Log, openLog, type Source } from "@lucid/verify";
import { type TestServices, testSeed } from "../../packages/node-management/src/testing/index.ts";
import { filesToSource, logFiles } from "../../packages/verify/src/testing/index.ts";

/** The files of the log that services published. */
export const publishedSource = ({ network, publicLog }: TestServices): Source => {
  const seeds = { network: testSeed("network"), log: testSeed("log"), root: testSeed("root") };
  const trusted = { origin: network.genesis.log_origin, logKey: ed25519PublicKey(seeds.log) };
  const blocks = publicLog.headers.map((header, height) => ({
    ...signHeader(header, seeds.network),
    body: decodeBody(publicLog.bodies[height] ?? new Uint8Array()),
  }));
  return filesToSource(logFiles({ ...network, seeds, trusted }, blocks));
};

/** What services published, as whoever holds the log's directory reads it. */
export const publishedLog = (services: TestServices): Promise<Log> =>
  openLog(publishedSource(services), { networkId: services.network.networkId });
