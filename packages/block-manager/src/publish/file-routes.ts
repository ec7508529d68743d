import { logFileRoutes } from "@lucid/api";
import { ApiProblem, type Http } from "@lucid/platform/http";
import { parseTilePath, TILE_WIDTH } from "@lucid/protocol";
import type { Store } from "../store/index.ts";
import { compactPath, NETWORK, parseBodyPath, parseCompactPath } from "../store/index.ts";

export type FileRoutesDeps = {
  readonly http: Pick<Http, "route">;
  readonly store: Pick<Store, "head" | "disk" | "tile" | "body">;
};

type FileHeaders = Readonly<Record<string, string>>;

/** Everybody's pages may read a log: there is nothing in it that a cookie or a token would show. */
const open = { "access-control-allow-origin": "*" };
const forEver: FileHeaders = { ...open, "cache-control": "public, max-age=31536000, immutable" };
/** A partial tile gives way to the full one. */
const forAWhile: FileHeaders = { ...open, "cache-control": "public, max-age=60" };
const checkpointHeaders: FileHeaders = {
  ...open,
  "cache-control": "public, max-age=1",
  "content-type": "text/plain; charset=utf-8",
};

const noFile = (path: string): ApiProblem =>
  new ApiProblem("log.no_file", `The log has no ${path.slice(0, 200)} at its present size.`, {
    headers: open,
  });

/** The log's files as C2SP tlog-tiles lays them out; a path in any other form than its own is not there. */
export const registerFileRoutes = ({ http, store }: FileRoutesDeps): void => {
  http.route(logFileRoutes.getCheckpoint, ({ reply }) => {
    const { note } = store.head();
    return note.length === 0 ? noFile("checkpoint") : reply(200, note, checkpointHeaders);
  });
  http.route(logFileRoutes.getNetworkFile, async ({ reply }) => {
    const bytes = await store.disk.read(NETWORK);
    return bytes === null ? noFile(NETWORK) : reply(200, bytes, forEver);
  });
  http.route(logFileRoutes.getTile, async ({ params, reply }) => {
    const path = `tile/${params["*"]}`;
    const tile = parseTilePath(path);
    const bytes = tile === null ? null : await store.tile(tile);
    if (tile === null || bytes === null) return noFile(path);
    return reply(200, bytes, tile.width === TILE_WIDTH ? forEver : forAWhile);
  });
  http.route(logFileRoutes.getBodyFile, async ({ params, reply }) => {
    const path = `body/${params["*"]}`;
    const height = parseBodyPath(path);
    const isThere = height !== null && height < store.head().size;
    const bytes = isThere ? await store.body(height) : null;
    return bytes === null ? noFile(path) : reply(200, bytes, forEver);
  });
  http.route(logFileRoutes.getCompactFile, async ({ params, reply }) => {
    const path = `compact/${params["*"]}`;
    const epoch = parseCompactPath(path);
    const bytes = epoch === null ? null : await store.disk.read(compactPath(epoch));
    return bytes === null ? noFile(path) : reply(200, bytes, forEver);
  });
};
