import { parseArgs } from 'node:util';
import { number, OptionError } from '../options.js';

/** How much is measured. */
export interface PagePlan {
  /** Members, customers and moderators' phones that are registered. */
  readonly phones: number;
  readonly calls: number;
  /** Those who listen in browsers at the same time. */
  readonly moderators: number;
  /** How often one of them, alone, ends it and begins again. */
  readonly clicks: number;
  /** Length of a measuring window. */
  readonly seconds: number;
  /** A file for the tables, as Markdown. */
  readonly report: string | undefined;
}

export const usage = `npm run bench -- page [options]

  --quick        a minute, for a first look: fewer phones, calls and moderators, short windows
  --moderators N so many listen in browsers at the same time, each of which takes much of a core
  --report FILE  write the tables as Markdown`;

const mostModerators = 50;
const whole = { phones: 83, calls: 60, moderators: 10, clicks: 50, seconds: 15 };
const quickly = { phones: 20, calls: 10, moderators: 3, clicks: 10, seconds: 5 };

/** @throws OptionError */
export function parsePageOptions(argumentsOf: readonly string[]): PagePlan {
  try {
    const { values } = parseArgs({
      args: [...argumentsOf],
      options: { quick: { type: 'boolean' }, moderators: { type: 'string' }, report: { type: 'string' } },
    });
    const plan = values.quick ? quickly : whole;
    const moderators =
      values.moderators === undefined ? plan.moderators : number('--moderators', values.moderators, mostModerators);
    return { ...plan, moderators, report: values.report };
  } catch (error) {
    throw new OptionError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}
