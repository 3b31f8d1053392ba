import { createHash } from 'node:crypto';

const policyName = 'content-security-policy';

const policyWith = (styles: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${styles}`,
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

/** Nothing comes from elsewhere, nothing goes elsewhere, nobody frames the page, and nothing is kept on the way. */
export const protections: Readonly<Record<string, string>> = {
  [policyName]: policyWith("'self'"),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'microphone=(self), camera=(), geolocation=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
};

/** For a page that is whole by itself, as one that is printed: exactly the styles that stand in it may be used. */
export function ownStyles(html: string): Readonly<Record<string, string>> {
  const hashes = [...html.matchAll(/<style>(.*?)<\/style>/gs)].map(
    ([, style = '']) => `'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  );
  return hashes.length === 0 ? {} : { [policyName]: policyWith(hashes.join(' ')) };
}
