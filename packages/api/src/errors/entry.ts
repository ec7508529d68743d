/** One row of the error table: what the code means to a machine and to a person. */
export type ErrorEntry = {
  readonly status: number;
  readonly title: string;
  /** `no`: the same request fails again; `later`: it may succeed unchanged; `changed`: after the fix. */
  readonly retry: "no" | "later" | "changed";
  readonly fix: string;
};
