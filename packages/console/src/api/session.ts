import { createClient } from "@lucid/api/client";
import { queryClient } from "./service.ts";

/** Has the browser keep a token where no page can read it, ours included. Throws ApiError when it does not count. */
export const signIn = async (token: string): Promise<void> => {
  const client = createClient({ baseUrl: location.origin, token: () => token });
  await client.call("openSession");
  await queryClient.invalidateQueries({ queryKey: ["getSession"] });
};

/** Makes the session's token worthless and has the browser forget it. */
export const signOut = async (csrfToken: string): Promise<void> => {
  const client = createClient({ baseUrl: location.origin, csrfToken: () => csrfToken });
  await client.call("closeSession");
  await queryClient.invalidateQueries({ queryKey: ["getSession"] });
  queryClient.removeQueries({ queryKey: ["listAudit"] });
};
