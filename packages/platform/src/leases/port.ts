/** The right to do something that only one replica may do, until it is lost or released. */
export type Lease = {
  readonly name: string;
  readonly holder: string;
  /** Grows with every change of holder. Writes of the holder carry it, so that a holder that lost the lease is refused. */
  readonly token: number;
  /** Aborted as soon as the lease is known to be lost, or can no longer be known to be held. */
  readonly signal: AbortSignal;
  /** Shows that the holder is alive; false when the lease is lost. Call at least every quarter of `stealAfterMs`. */
  beat(): Promise<boolean>;
  /** Whether the lease is held for certain now: not lost, and the last beat is younger than three quarters of `stealAfterMs`. */
  isHeld(): boolean;
  /** Gives the lease back; the next holder may take it at once. */
  release(): Promise<void>;
};

export type Leases = {
  /**
   * Takes the lease when it is free, released, or was seen unchanged for `stealAfterMs` on our own monotonic clock.
   * Null when another holder has it; call again, because every call is one look at the holder's beat.
   */
  acquire(name: string): Promise<Lease | null>;
};
