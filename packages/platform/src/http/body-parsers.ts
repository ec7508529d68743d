import type { FastifyInstance, FastifyRequest } from "fastify";
import type { TSchema } from "typebox";
import { parseJsonBody } from "./json-body.ts";
import { codedBody, jsonType, mediaTypeOf, octetType, wrongMediaType } from "./media-type.ts";

/** The media type that the operation of a request reads. */
export const wantedType = ({ routeOptions }: FastifyRequest): string =>
  mediaTypeOf(routeOptions.schema?.body as TSchema | undefined);

const isCoded = ({ headers }: FastifyRequest): boolean =>
  headers["content-encoding"] !== undefined && headers["content-encoding"] !== "identity";

const addParser = (
  app: FastifyInstance,
  mediaType: string,
  read: (bytes: Buffer) => unknown,
): void => {
  app.addContentTypeParser(mediaType, { parseAs: "buffer" }, (request, bytes, done) => {
    try {
      const wanted = wantedType(request);
      if (wanted !== mediaType) throw wrongMediaType(wanted);
      if (isCoded(request)) throw codedBody();
      done(null, read(bytes as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
};

/** JSON is read strictly, bytes are taken as they are, and each only where the operation wants it. */
export const readBodies = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  addParser(app, jsonType, parseJsonBody);
  addParser(app, octetType, (bytes) => bytes);
};
