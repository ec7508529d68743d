import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "@lucid/platform/clock";
import {
  acceptanceWindow,
  applyBeacon,
  beaconSalt,
  commitmentWindow,
  createBeaconState,
  epochOf,
  fromHex,
  getBit,
  judgeBeacon,
  slotIndex,
  verifyObject,
  type BeaconState,
  type Genesis,
  type SignedCheckpoint,
} from "@lucid/protocol";

type Answer = { status: number; body: Record<string, unknown> };
type Body = Record<string, unknown>;

export type ReceiverOptions = {
  readonly genesis: Genesis;
  readonly networkId: string;
  readonly publicKey: string;
};

/** The receiving half of the protocol behind real HTTP: what a test needs of a service, with its outages. */
export type Receiver = {
  readonly url: string;
  /** Slots with an accepted beacon, in order. */
  accepted(): number[];
  /** Which of those came with a signature. */
  readonly signed: number[];
  readonly requests: string[];
  /** Answers everything with this problem until told otherwise. */
  refuse(problem: Answer | null): void;
  /** What it says it is. */
  become(networkId: string): void;
  /** The checkpoint that it shows in its replies; null before a log has one. */
  checkpoint: SignedCheckpoint | null;
  /** What came as `seen`, reply by reply. */
  readonly seen: (SignedCheckpoint | null)[];
  /** What it hands to the node, with beacons and when it is asked. */
  commands: unknown[];
  /** What the node said about commands. */
  readonly told: unknown[];
  /** Forgets what it heard, as a service on an empty store. */
  forget(): void;
  skewMs: number;
  down(): Promise<void>;
  up(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

const problem = (status: number, code: string): Answer => ({
  status,
  body: { status, code, title: code, detail: `${code} by the receiver` },
});

export const createReceiver = async (clock: Clock, options: ReceiverOptions): Promise<Receiver> => {
  const { genesis, publicKey } = options;
  const states = new Map<number, BeaconState>();
  let claimed = options.networkId;
  let forced: Answer | null = null;
  let port = 0;
  let server: Server | null = null;

  const commit = (body: Body): Answer => {
    const { network_id: _, ...commitment } = body;
    const epoch = Number(body["epoch"]);
    const window = commitmentWindow(genesis, epoch);
    if (clock.now() < window.fromMs || clock.now() >= window.untilMs)
      return problem(409, "commitments.window");
    if (!verifyObject("commitment", claimed, commitment, String(body["signature"]), publicKey))
      return problem(422, "commitments.signature");
    const isNew = !states.has(epoch);
    if (isNew)
      states.set(
        epoch,
        createBeaconState(fromHex(String(body["anchor"])), genesis.slots_per_epoch),
      );
    return { status: isNew ? 201 : 200, body };
  };

  const hear = (body: Body): Answer => {
    const slot = Number(body["slot"]);
    const window = acceptanceWindow(genesis, slot);
    if (clock.now() < window.fromMs) return problem(409, "beacons.early");
    if (clock.now() >= window.untilMs) return problem(409, "beacons.late");
    const state = states.get(epochOf(genesis, slot));
    if (state === undefined) return problem(409, "beacons.no_commitment");
    const { node_id, reveal } = body;
    const gapProven = verifyObject(
      "beacon",
      claimed,
      { node_id, slot, reveal },
      String(body["signature"]),
      publicKey,
    );
    const index = slotIndex(genesis, slot);
    const judged = judgeBeacon(state, {
      index,
      reveal: fromHex(String(reveal)),
      salt: beaconSalt(claimed, publicKey, epochOf(genesis, slot)),
      slots: genesis.slots_per_epoch,
      gapProven,
      stale: false,
    });
    if (judged.verdict === "accepted") {
      applyBeacon(state, index, judged.next);
      if (gapProven) receiver.signed.push(slot);
    } else if (judged.verdict !== "duplicate") return problem(422, `beacons.${judged.verdict}`);
    receiver.seen.push((body["seen"] as SignedCheckpoint | undefined) ?? null);
    const serverTimeMs = clock.now() + receiver.skewMs;
    return {
      status: 200,
      body: {
        verdict: judged.verdict,
        slot,
        server_time_ms: serverTimeMs,
        other_boot: false,
        checkpoint: receiver.checkpoint,
        ...(receiver.commands.length > 0 && { commands: receiver.commands }),
      },
    };
  };

  const signIn = (): Answer => ({
    status: 201,
    body: {
      challenge: "00".repeat(32),
      expires_at: clock.now() + 60_000,
      network_id: claimed,
      token: "token",
    },
  });

  const poll = (body: Body): Answer => {
    receiver.told.push(...(body["done"] as unknown[]));
    return { status: 200, body: { commands: receiver.commands } };
  };

  const answer = (path: string, body: Body): Answer => {
    receiver.requests.push(path);
    if (forced !== null) return forced;
    const serverTime = new Date(clock.now() + receiver.skewMs).toISOString();
    if (path === "/api/v1/network")
      return { status: 200, body: { network_id: claimed, server_time: serverTime } };
    if (path === "/api/v1/beacons/commitments") return commit(body);
    if (path.startsWith("/api/v1/auth/")) return signIn();
    if (path.endsWith("/commands/poll")) return poll(body);
    return path === "/api/v1/beacons" ? hear(body) : problem(404, "request.not_found");
  };

  const receiver: Receiver = {
    get url() {
      return `http://127.0.0.1:${port}`;
    },
    accepted: () =>
      [...states].flatMap(([epoch, { accepted }]) =>
        Array.from({ length: genesis.slots_per_epoch }, (_, index) => index)
          .filter((index) => getBit(accepted, index))
          .map((index) => epoch * genesis.slots_per_epoch + index),
      ),
    signed: [],
    checkpoint: null,
    seen: [],
    commands: [],
    told: [],
    requests: [],
    refuse: (next) => {
      forced = next;
    },
    become: (networkId) => {
      claimed = networkId;
    },
    forget: () => states.clear(),
    skewMs: 0,
    async down() {
      const stopping = server;
      server = null;
      stopping?.closeAllConnections();
      await new Promise((resolve) => (stopping === null ? resolve(null) : stopping.close(resolve)));
    },
    async up() {
      const starting = createServer((request, response) => {
        void readBody(request).then((body) => {
          const { status, body: json } = answer(request.url ?? "", body);
          response
            .writeHead(status, { "content-type": "application/json" })
            .end(JSON.stringify(json));
        });
      });
      server = starting;
      await new Promise<void>((resolve) => starting.listen(port, "127.0.0.1", resolve));
      ({ port } = starting.address() as AddressInfo);
    },
    [Symbol.asyncDispose]: () => receiver.down(),
  };
  await receiver.up();
  return receiver;
};

const readBody = async (request: IncomingMessage): Promise<Body> => {
  const parts: Uint8Array[] = [];
  for await (const part of request) parts.push(part as Uint8Array);
  const text = Buffer.concat(parts).toString();
  return text === "" ? {} : (JSON.parse(text) as Body);
};
