import { type Accept, parseAccept } from 'hono/utils/accept';

/** Browsers need some 200; a header full of commas takes time that the calls do not have. */
const mostCharacters = 500;

/** What a header such as `Accept` takes, best first. */
export const ranges = (header: string): readonly Accept[] => parseAccept(header.slice(0, mostCharacters));
