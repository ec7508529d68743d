import type { TSchema } from "typebox";
import { ApiProblem } from "./problem.ts";

export const jsonType = "application/json";
export const octetType = "application/octet-stream";

/** What a body is sent as: JSON unless its schema says otherwise with `contentMediaType`. */
export const mediaTypeOf = (schema: TSchema | undefined): string =>
  schema !== undefined && "contentMediaType" in schema ? String(schema.contentMediaType) : jsonType;

/** The schemas of a body that comes in several media types, each by its own. */
export const alternativesOf = (schema: TSchema): readonly TSchema[] => {
  const members = "anyOf" in schema ? (schema.anyOf as readonly TSchema[]) : [];
  return members.some((member) => mediaTypeOf(member) !== jsonType) ? members : [schema];
};

export const wrongMediaType = (wanted: string): ApiProblem =>
  new ApiProblem("request.media_type", `This operation reads "Content-Type: ${wanted}".`);

export const codedBody = (): ApiProblem =>
  new ApiProblem(
    "request.media_type",
    "Bodies are read as they are: send it without Content-Encoding.",
  );
