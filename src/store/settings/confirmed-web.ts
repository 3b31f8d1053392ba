import { readIfThere, writeDurably } from '../files/durable-file.js';
import { parseJson } from '../files/json-text.js';
import { type Settings, settingsSchema } from './settings-schema.js';

/** Where the box is served to browsers and programs; null where it is not. */
export type WebSettings = Settings['web'];

const { web: webSchema } = settingsSchema.shape;

/** Whether whoever uses the page has to look for it elsewhere. */
export const isMove = (before: WebSettings, after: WebSettings): boolean =>
  (['address', 'port', 'encrypted', 'plainPort'] as const).some((key) => before?.[key] !== after?.[key]);

/** Where the box could be reached the last time that somebody knew; undefined where no such file can be read. */
export async function readConfirmedWeb(path: string): Promise<WebSettings | undefined> {
  const parsed = parseJson((await readIfThere(path).catch(() => null)) ?? '');
  return parsed.ok ? webSchema.safeParse(parsed.value).data : undefined;
}

export const writeConfirmedWeb = (path: string, web: WebSettings): Promise<void> =>
  writeDurably(path, `${JSON.stringify(web)}\n`);
