import type { Parts } from "./good.ts";
import { bodyOf, type Operation } from "./schema.ts";

/** How the bytes of a good body are spoilt on their way. */
export const manglings = ["none", "cut", "twice", "other_type", "deep"] as const;
export type Mangling = (typeof manglings)[number];

export type Answer = {
  readonly status: number;
  readonly type: string;
  readonly requestId: string | null;
  readonly text: string;
};

const patienceMs = 20_000;

const textOf = (value: unknown): string =>
  (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).toWellFormed();

const encoded = (value: unknown): string => encodeURIComponent(textOf(value));

const pathOf = ({ path }: Operation, parts: Parts): string =>
  path.replaceAll(/\{([a-z_]+)\}/g, (_, name: string) => encoded(parts.path[name]));

const queryOf = ({ query }: Parts): string => {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => `${encoded(name)}=${encoded(one)}`),
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
};

const mangled = (text: string, how: Mangling): string => {
  if (how === "cut") return text.slice(0, Math.floor(text.length / 2));
  if (how === "twice") return text + text;
  return how === "deep" ? `${'{"a":['.repeat(5000)}${text}` : text;
};

const contentOf = (operation: Operation, parts: Parts, how: Mangling) => {
  const wanted = bodyOf(operation);
  if (wanted === null || parts.body === undefined) return {};
  const type = how === "other_type" ? "text/plain" : wanted.type;
  const body =
    parts.body instanceof Uint8Array
      ? new Uint8Array(parts.body)
      : mangled(JSON.stringify(parts.body), how);
  return { body, type };
};

/** Sends a request and reads the whole answer; throws when there is none in time. */
export const send = async (
  baseUrl: string,
  {
    operation,
    parts,
    mangling,
    token,
  }: {
    readonly operation: Operation;
    readonly parts: Parts;
    readonly mangling: Mangling;
    readonly token: string | null;
  },
): Promise<Answer> => {
  const { body, type } = contentOf(operation, parts, mangling);
  const response = await fetch(`${baseUrl}${pathOf(operation, parts)}${queryOf(parts)}`, {
    method: operation.method,
    headers: {
      ...(type !== undefined && { "content-type": type }),
      ...(token !== null && { authorization: `Bearer ${token}` }),
    },
    ...(body !== undefined && { body }),
    redirect: "manual",
    signal: AbortSignal.timeout(patienceMs),
  });
  const answer = {
    status: response.status,
    type: response.headers.get("content-type") ?? "",
    requestId: response.headers.get("x-request-id"),
  };
  // A stream of events does not end.
  if (answer.type.startsWith("text/event-stream")) {
    await response.body?.cancel();
    return { ...answer, text: "" };
  }
  return { ...answer, text: await response.text() };
};
