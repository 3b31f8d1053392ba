/** The limits for clients: the loop that answers them also carries the calls. Times in milliseconds. */
export interface Limits {
  /** Most connections at a time, from all addresses and from one. */
  readonly connections: number;
  readonly connectionsPerAddress: number;
  /** Most requests that wait on one connection; only a client that pipelines has more than one. */
  readonly pipelined: number;
  /** All headers of one request together, in bytes. */
  readonly headerBytes: number;
  /** Until the headers, and until the whole request must have arrived, unless it is a file that somebody may send. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** Until a connection is closed that is not used, and one on which nothing moves. */
  readonly keepAliveMs: number;
  readonly stalledMs: number;
}

export const usualLimits: Limits = {
  connections: 192,
  connectionsPerAddress: 96,
  pipelined: 8,
  headerBytes: 8192,
  headersMs: 10_000,
  requestMs: 20_000,
  keepAliveMs: 5_000,
  stalledMs: 60_000,
};
