import { errorTable } from "@lucid/api";
import type { Operation } from "./schema.ts";
import type { Answer } from "./send.ts";

type Problem = {
  readonly type?: unknown;
  readonly title?: unknown;
  readonly status?: unknown;
  readonly detail?: unknown;
  readonly code?: unknown;
  readonly request_id?: unknown;
  readonly errors?: readonly { readonly pointer?: unknown; readonly detail?: unknown }[];
};

/** What no answer may tell: where we live, and what we are made of. */
const internals =
  /TypeError|RangeError|ReferenceError|SQLITE|\bat \w+ \(|node_modules|\/src\/|\.ts:\d/;

const table: Readonly<Record<string, { readonly status: number }>> = errorTable;

/** Any request can be refused with these, whatever it asks for. */
const isEverywhere = (code: string): boolean =>
  code.startsWith("request.") || code === "limits.exceeded";

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** Whether a refusal names what was broken, or something around it or in it; any other answer need not. */
export const namesField = ({ text }: Answer, broken: string): boolean => {
  const { code, errors = [] } = (parse(text) as Problem | null) ?? {};
  if (code !== "request.invalid") return true;
  const [, , ...rest] = broken.split("/");
  const place = rest.map((name) => `/${name}`).join("");
  return errors.some(
    ({ pointer }) =>
      typeof pointer === "string" && (place.startsWith(pointer) || pointer.startsWith(place)),
  );
};

function* problemFaults(operation: Operation, answer: Answer): Generator<string> {
  const problem = parse(answer.text) as Problem | null;
  if (!answer.type.startsWith("application/problem+json") || problem === null) {
    yield `is no problem+json but ${answer.type}`;
    return;
  }
  const { code, errors } = problem;
  if (typeof code !== "string" || !Object.hasOwn(table, code)) yield `unknown code ${String(code)}`;
  else {
    if (table[code]?.status !== answer.status) yield `${code} with another status than its own`;
    const said = operation.responses[String(answer.status)]?.description ?? "";
    if (!isEverywhere(code) && !said.includes(`\`${code}\``)) yield `${code} is not documented`;
  }
  if (problem.status !== answer.status) yield "says another status than it has";
  for (const field of ["type", "title", "detail", "request_id"] as const)
    if (typeof problem[field] !== "string" || problem[field] === "") yield `has no ${field}`;
  if (answer.requestId !== null && answer.requestId !== problem.request_id)
    yield "has another request id than its header";
  if (code !== "request.invalid") return;
  if (errors === undefined || errors.length === 0) yield "names no field";
  else if (errors.some(({ detail }) => typeof detail !== "string" || detail === ""))
    yield "does not say what is wrong with a field";
}

/** What is wrong with an answer to whatever was sent; nothing is expected. */
export const faultsOf = (operation: Operation, answer: Answer): readonly string[] => {
  const { status, text } = answer;
  const told = internals.exec(text)?.[0];
  const leaks = told === undefined ? [] : [`tells ${told}`];
  if (status >= 500) return [...leaks, "a fault of ours"];
  if (status >= 400) return [...leaks, ...problemFaults(operation, answer)];
  const isSaid = operation.responses[String(status)] !== undefined;
  return isSaid ? leaks : [...leaks, `${status} is not documented`];
};
