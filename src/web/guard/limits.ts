/** What the server takes from those who ask: the loop that answers them also carries the calls. Times in milliseconds. */
export interface Limits {
  /** Connections at a time, from all addresses and from one. */
  readonly connections: number;
  readonly connectionsPerAddress: number;
  /** Requests on one connection that wait for their answers; only who sends them in a heap has more than one. */
  readonly pipelined: number;
  /** All headers of one request together, in bytes. */
  readonly headerBytes: number;
  /** Until the headers, and until the whole request has to be there. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** Until a connection is closed that is not used, and one on which nothing moves. */
  readonly keepAliveMs: number;
  readonly stalledMs: number;
}

export const usualLimits: Limits = {
  connections: 128,
  connectionsPerAddress: 40,
  pipelined: 8,
  headerBytes: 8192,
  headersMs: 10_000,
  requestMs: 20_000,
  keepAliveMs: 5_000,
  stalledMs: 60_000,
};
