export { createClient, type Client, type ClientOptions } from "./client.ts";
export { ApiError, type ApiProblemBody } from "./api-error.ts";
