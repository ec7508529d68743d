import { expect, test } from "vitest";
import { readUri } from "./uri.ts";

test.each([
  ["mongodb://127.0.0.1:27017", "lucid"],
  ["mongodb://user:p%40ss@db:27017/books?authSource=admin&w=majority&journal=true", "books"],
  ["mongodb+srv://cluster.example.org/net%20work?readPreference=primary", "net work"],
])("%s names the database %s", (uri, database) => {
  expect(readUri(uri)).toEqual({ database });
});

test.each([
  "w=1",
  "w=0",
  "journal=false",
  "j=false",
  "readPreference=secondaryPreferred",
  "readConcernLevel=local",
  "retryWrites=true",
])("%s weakens a promise and is refused by name, without the password", (option) => {
  const open = () => readUri(`mongodb://user:secret@db/lucid?${option}`);
  expect(open).toThrow(expect.objectContaining({ code: "documents.unsafe" }));
  expect(open).toThrow(option);
  expect(open).not.toThrow("secret");
});

test.each(["", "127.0.0.1:27017", "http://db/lucid", "mongodb://"])("%j is refused", (uri) => {
  expect(() => readUri(uri)).toThrow("mongodb://user:password@host:27017/lucid");
});
