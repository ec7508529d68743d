export {
  type BlockClient,
  type Client,
  type ClientOf,
  type ClientOptions,
  createBlockClient,
  createClient,
} from "./client.ts";
export { ApiError, type ApiProblemBody } from "./api-error.ts";
