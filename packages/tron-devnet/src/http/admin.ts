import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { hexToBase58 } from "../address.ts";
import type { Chain } from "../chain/chain.ts";
import type { Fault, ScheduledFault } from "../chain/faults.ts";
import { transfersOf } from "./logs.ts";
import { parseBody } from "./params.ts";
import { tokenBase58 } from "./reads.ts";

/** Doors that a real node does not have: faults and an overview. Only for callers on the same machine. */
export function addAdmin(server: FastifyInstance, chain: Chain): void {
  const local = { preHandler: refuseStrangers };
  server.get("/devnet/state", local, () => stateToJson(chain));
  server.get("/devnet/transfers", local, () =>
    transfersOf(chain).map((transfer) => ({
      ...transfer,
      amountMicro: transfer.amountMicro.toString(),
    })),
  );
  server.get("/devnet/faults", local, () => chain.faults.list().map(faultToJson));
  server.post("/devnet/faults", local, (request, reply) => {
    try {
      return faultToJson(chain.faults.schedule(parseBody(request.body) as Fault));
    } catch (error) {
      return reply
        .code(400)
        .send({ error: error instanceof Error ? error.message : String(error) });
    }
  });
  server.delete("/devnet/faults", local, (_, reply) => {
    chain.faults.clear();
    return reply.code(204).send();
  });
}

async function refuseStrangers({ ip }: FastifyRequest, reply: FastifyReply): Promise<void> {
  const isLoopback = ip === "::1" || /^(::ffff:)?127\./.test(ip);
  if (!isLoopback)
    await reply
      .code(403)
      .send({ error: "the devnet endpoints answer callers on this machine only" });
}

function stateToJson(chain: Chain) {
  const { number, id, timestampMs } = chain.head();
  const { paused, deprecated, basisPointsRate, blacklist } = chain.store.stateAt(number).token();
  return {
    genesis_block_id: chain.genesisBlockId,
    token: tokenBase58(chain),
    head: { number, id, timestamp_ms: timestampMs },
    solid_number: chain.solidNumber(),
    pending: chain.store.pending().map(({ txid, fate }) => ({ txid, fate })),
    faults: chain.faults.list().map(faultToJson),
    token_state: {
      paused,
      deprecated,
      basis_points_rate: basisPointsRate,
      blacklist: blacklist.map(hexToBase58),
    },
  };
}

function faultToJson({ recipient, ...fault }: ScheduledFault) {
  return { ...fault, recipient: recipient === null ? null : hexToBase58(recipient) };
}
