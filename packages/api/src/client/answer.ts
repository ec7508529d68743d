import type { TSchema } from "typebox";
import type { RouteDefinition } from "../route.ts";
import { ApiError, describeProblem, type ApiProblemBody } from "./api-error.ts";

/** Runs one step of an exchange; throws ApiError `client.timeout` or `client.unreachable`. */
export const attempt = async <T>(url: string, step: () => Promise<T>): Promise<T> => {
  try {
    return await step();
  } catch (cause) {
    const timedOut = cause instanceof Error && cause.name === "TimeoutError";
    throw new ApiError(
      timedOut ? "client.timeout" : "client.unreachable",
      timedOut ? `${url} did not answer in time` : `${url} cannot be reached`,
      { cause },
    );
  }
};

/** The body of a success, as bytes where the route gives bytes; throws the ApiError that a problem stands for. */
export const readAnswer = async (
  route: RouteDefinition,
  url: string,
  answer: Response,
): Promise<unknown> => {
  const bytes = await attempt(url, async () => new Uint8Array(await answer.arrayBuffer()));
  const mediaType = answer.headers.get("content-type")?.split(";")[0]?.trim() ?? "";
  if (answer.ok && bytesTypesOf(route).includes(mediaType)) return bytes;
  const body = parseJson(new TextDecoder().decode(bytes));
  if (answer.ok && isObject(body)) return body;
  if (!isProblem(body))
    throw new ApiError("client.unexpected", `${url} answered ${answer.status} with something else`);
  const seconds = Number(answer.headers.get("retry-after") ?? Number.NaN);
  throw new ApiError(body.code, describeProblem(body), {
    problem: body,
    retryAfterMs: Number.isFinite(seconds) ? seconds * 1000 : null,
  });
};

/** The media types of bytes among a route's answers; those of JSON have none. */
const bytesTypesOf = ({ response }: RouteDefinition): string[] => {
  const schema = response[200];
  const members =
    schema !== undefined && "anyOf" in schema ? (schema.anyOf as TSchema[]) : [schema];
  return members.flatMap((member) =>
    member !== undefined && "contentMediaType" in member ? [String(member.contentMediaType)] : [],
  );
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Whatever stands at the address of a service may answer: every part that is shown or acted on is looked at. */
const isProblem = (value: unknown): value is ApiProblemBody => {
  if (!isObject(value)) return false;
  const { code, detail, status, errors = [] } = value;
  const isWhole =
    typeof code === "string" && typeof detail === "string" && typeof status === "number";
  return isWhole && Array.isArray(errors) && errors.every(isFieldError);
};

const isFieldError = (value: unknown): boolean =>
  isObject(value) && typeof value["pointer"] === "string" && typeof value["detail"] === "string";
