/** A figure that exists once the epoch is settled. */
export const NotYet = () => <span className="note">not settled</span>;
