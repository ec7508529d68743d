import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { BSON, type Document } from "mongodb";

/** What happens to a command on its way: it passes, or is dropped, or arrives while its answer does not. */
export type Fate = "pass" | "drop" | "lose_answer";

export type Rules = {
  /** Called with every command; may change it. */
  meet(command: Document): Fate;
};

export type Proxy = AsyncDisposable & { readonly address: string };

const opMessage = 2013;
const headerBytes = 16;

/** A man in the middle of MongoDB's wire protocol (OP_MSG), towards `host:port`. */
export const startProxy = async (target: string, rules: Rules): Promise<Proxy> => {
  const [host = "", port = "27017"] = target.split(":");
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), host);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => {
        client.destroy();
        upstream.destroy();
      });
    }
    upstream.pipe(client);
    eachMessage(client, (message) => {
      const { bytes, fate } = judge(message, rules);
      if (fate === "lose_answer") {
        upstream.unpipe(client).once("data", () => client.destroy());
        upstream.resume();
      }
      if (fate === "drop") client.destroy();
      else upstream.write(bytes);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
};

const eachMessage = (socket: Socket, visit: (message: Buffer) => void): void => {
  let waiting = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    waiting = Buffer.concat([waiting, chunk]);
    while (waiting.length >= headerBytes && waiting.length >= waiting.readInt32LE(0)) {
      const length = waiting.readInt32LE(0);
      visit(waiting.subarray(0, length));
      waiting = waiting.subarray(length);
    }
  });
};

/** Reads the command with its document sequences as one document, and writes it back as one. */
const judge = (message: Buffer, rules: Rules): { bytes: Buffer; fate: Fate } => {
  if (message.readInt32LE(12) !== opMessage) return { bytes: message, fate: "pass" };
  const command = readSections(message.subarray(headerBytes + 4));
  const fate = rules.meet(command);
  const body = BSON.serialize(command);
  const bytes = Buffer.alloc(headerBytes + 5 + body.length);
  message.copy(bytes, 0, 0, headerBytes + 4);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.set(body, headerBytes + 5);
  return { bytes, fate };
};

const readSections = (sections: Buffer): Document => {
  const options = { useBigInt64: true, promoteBuffers: true } as const;
  let command: Document = {};
  for (let at = 0; at < sections.length;) {
    const isSequence = sections[at] === 1;
    const length = sections.readInt32LE(at + 1);
    const part = sections.subarray(at + 1, at + 1 + length);
    if (isSequence) {
      const end = part.indexOf(0, 4);
      const name = part.toString("utf8", 4, end);
      command[name] = readDocuments(part.subarray(end + 1), options);
    } else command = { ...BSON.deserialize(part, options), ...command };
    at += 1 + length;
  }
  return command;
};

const readDocuments = (
  bytes: Buffer,
  options: { readonly useBigInt64: true; readonly promoteBuffers: true },
): Document[] => {
  const documents: Document[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readInt32LE(at);
    documents.push(BSON.deserialize(bytes.subarray(at, at + length), options));
    at += length;
  }
  return documents;
};
