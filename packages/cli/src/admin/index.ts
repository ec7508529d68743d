export { signInAsAdmin } from "./sign-in.ts";
