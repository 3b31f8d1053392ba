import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** The list of the page's files, which its build makes beside them. */
export const siteList = 'files.json';

/** A file of the page, as it is and compressed. */
export interface SiteFile {
  readonly contentType: string;
  /** Whether its name says what is in it, so that a browser may keep it for ever. */
  readonly isHashed: boolean;
  readonly plain: Buffer;
  readonly gzip: Buffer;
}

/** The files by the paths at which they are asked for. All are read beforehand: no request reaches the disk. */
export type Site = ReadonlyMap<string, SiteFile>;

export const noSite: Site = new Map();

const listed = z.array(
  z.strictObject({
    file: z.string(),
    paths: z.array(z.string().startsWith('/')).min(1),
    contentType: z.string(),
    isHashed: z.boolean(),
  }),
);

/** Reads what the list in the folder names. Rejects if the page has not been built. */
export async function readSite(folder: string): Promise<Site> {
  const list = listed.parse(JSON.parse(await readFile(join(folder, siteList), 'utf8')));
  const site = new Map<string, SiteFile>();
  for (const { file, paths, contentType, isHashed } of list) {
    const [plain, gzip] = await Promise.all([readFile(join(folder, file)), readFile(join(folder, `${file}.gz`))]);
    for (const path of paths) site.set(path, { contentType, isHashed, plain, gzip });
  }
  return site;
}
