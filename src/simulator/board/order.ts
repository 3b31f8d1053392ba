import type { PageAddress } from './page-server.js';
import type { SimulatedBoardOptions } from './simulated-board.js';

/** What the parent process sends once: the board to make, and where its page is served. */
export interface SimulatedBoardOrder extends SimulatedBoardOptions {
  readonly page: PageAddress;
  /** The folder with the files of the page. */
  readonly pageFiles: string;
}

/** What the simulated board answers, once. */
export type SimulatedBoardAnswer =
  | { readonly type: 'ready'; readonly page: PageAddress }
  | { readonly type: 'failed'; readonly reason: string };
