import { SourceError } from "../source.ts";
import { tooLarge } from "./path.ts";

const BUSY = [429, 502, 503, 504];

type Asked = { path: string; maxBytes: number; onBytes: (received: number) => void };

/** The bytes of an answer, null for 404; see `openUrl` for what is refused. The rest of a refused answer is not read. */
export async function readAnswer(response: Response, asked: Asked): Promise<Uint8Array | null> {
  const refused = refusal(response, asked);
  if (response.status === 404 || refused !== null) await response.body?.cancel();
  if (refused !== null) throw refused;
  return response.status === 404 ? null : await collect(response, asked);
}

function refusal(response: Response, { path, maxBytes }: Asked): SourceError | null {
  const { status, type, headers } = response;
  if (status === 404) return null;
  if (type === "opaqueredirect" || (status >= 300 && status < 400)) {
    const target = headers.get("location") ?? "another address";
    const message = `${path} is answered with a redirect to ${target}: give that address`;
    return new SourceError("source.redirect", path, message);
  }
  if (status !== 200) {
    const code = BUSY.includes(status) ? "source.busy" : "source.status";
    return new SourceError(code, path, `${path} is answered with status ${status}`);
  }
  if (headers.get("content-type")?.startsWith("text/html") === true) {
    const message = `${path} is answered with a web page: this is not the address of a log`;
    return new SourceError("source.page", path, message);
  }
  const isTooLarge = Number(headers.get("content-length") ?? 0) > maxBytes;
  return isTooLarge ? tooLarge(path, maxBytes) : null;
}

/** Counted as it arrives: what was announced binds nobody, and compressed bytes unfold. */
async function collect(
  response: Response,
  { path, maxBytes, onBytes }: Asked,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let received = 0;
  const reader = response.body?.getReader();
  for (let next = await reader?.read(); next?.value !== undefined; next = await reader?.read()) {
    received += next.value.length;
    if (received > maxBytes) {
      await reader?.cancel();
      throw tooLarge(path, maxBytes);
    }
    chunks.push(next.value);
    onBytes(received);
  }
  return concat(chunks, received);
}

/** Not by protocol's: a stranger decides how many chunks there are, too many for arguments of a call. */
function concat(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
