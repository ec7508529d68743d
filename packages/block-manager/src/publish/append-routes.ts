import { blockRoutes, decodeAppend, largestAppendBytes, type AppendRequest } from "@lucid/api";
import { ApiProblem, type Http } from "@lucid/platform/http";
import { type Genesis, ProtocolError } from "@lucid/protocol";
import { appendedToView, checkpointToView } from "./views.ts";
import type { Appender, AppendRefusal } from "../append/index.ts";

export type AppendRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly genesis: Genesis;
  /** Null in a block-manager that follows. */
  readonly appender: Appender | null;
};

/** Sealed slots from node-management. */
export const registerAppendRoutes = ({ http, genesis, appender }: AppendRoutesDeps): void => {
  const { appendBlocks, validateBlocks } = blockRoutes;
  const bodyLimit = largestAppendBytes(genesis.max_body_bytes);
  const writable = (): Appender => {
    if (appender !== null) return appender;
    const detail = "This block-manager follows another: send sealed slots to that one.";
    throw new ApiProblem("log.following", detail);
  };

  http.route({ ...appendBlocks, bodyLimit }, async ({ body }) => {
    const { slots, ...options } = read(body);
    const verdict = await writable().append(slots, options);
    if (!verdict.ok) return refusalToProblem(verdict);
    return {
      blocks: verdict.blocks.map(appendedToView),
      checkpoint: checkpointToView(verdict.checkpoint),
    };
  });
  http.route({ ...validateBlocks, bodyLimit }, async ({ body }) => {
    const { slots, ...options } = read(body);
    const verdict = await writable().validate(slots, options);
    if (!verdict.ok) return refusalToProblem(verdict);
    return { blocks: verdict.blocks.map(appendedToView) };
  });
};

const read = (bytes: Uint8Array): AppendRequest => {
  try {
    return decodeAppend(bytes);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    throw new ApiProblem("blocks.request", `The request cannot be read: ${error.message}.`);
  }
};

const refusalToProblem = ({ code, detail, slot, leaf, expectedSlot }: AppendRefusal): ApiProblem =>
  new ApiProblem(code, detail, {
    extensions: {
      ...(slot !== undefined && { slot }),
      ...(leaf !== undefined && { leaf }),
      ...(expectedSlot !== undefined && { expected_slot: expectedSlot }),
    },
    ...(code === "log.unavailable" && { retryAfter: 5 }),
  });
