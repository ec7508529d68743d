/** Why something that was asked for was not done; nothing while it was not refused. */
export const Refused = ({ why }: { why: string }) => (
  <output className={why === "" ? "hidden" : "refused"}>{why}</output>
);
