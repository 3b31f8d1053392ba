import { ranges } from '../input/ranges.js';
import type { SiteFile } from './site.js';

const aYear = 31_536_000;

/** The answer with a file of the page. What names the others is never kept, so that no browser mixes two versions. */
export function siteAnswer(
  { contentType, isHashed, plain, gzip }: SiteFile,
  acceptEncoding: string | undefined,
  status = 200,
): Response {
  const isPacked = ranges(acceptEncoding ?? '').some(({ type, q }) => type.toLowerCase() === 'gzip' && q > 0);
  return new Response(new Uint8Array(isPacked ? gzip : plain), {
    status,
    headers: {
      'content-type': contentType,
      'content-length': String((isPacked ? gzip : plain).length),
      'cache-control': isHashed ? `public, max-age=${aYear}, immutable` : 'no-store',
      vary: 'accept-encoding',
      ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
    },
  });
}
