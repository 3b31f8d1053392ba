import type { BoardState } from '../page/messages.js';

export type PortLabels = BoardState['labels'];

/** What the parent process sends whenever it changes. */
export type BoardNotice = Pick<BoardState, 'privateForMs'> | Pick<BoardState, 'labels'>;
