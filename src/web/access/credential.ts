import type { IncomingHttpHeaders } from 'node:http';
import { parse } from 'hono/utils/cookie';
import type { Caller } from '../../admin/operation.js';
import type { Access, Use } from './access.js';

/** The proof of identity that a request brings. A token counts before a session: a browser never sends one by itself. */
export type Credential =
  | { readonly kind: 'none' }
  | { readonly kind: 'session'; readonly id: string }
  | { readonly kind: 'token'; readonly token: string }
  /** The socket that only the owner of the box can open. */
  | { readonly kind: 'console' };

/** A cookie of this prefix is taken by browsers only over TLS, from the host itself, for all paths. */
const cookieName = { secure: '__Host-modcall', plain: 'modcall' };

const mostCharacters = 512;

export function credentialOf({ authorization, cookie }: IncomingHttpHeaders, isSecure: boolean): Credential {
  if (authorization !== undefined) {
    const [, token = ''] = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization) ?? [];
    return { kind: 'token', token: token.length > mostCharacters ? '' : token };
  }
  const name = isSecure ? cookieName.secure : cookieName.plain;
  const id = parse(cookie ?? '', name)[name];
  return id === undefined || id.length > mostCharacters ? { kind: 'none' } : { kind: 'session', id };
}

/** Who holds the credential; null if nobody does. */
export async function callerBy(
  access: Access,
  credential: Credential,
  source: string,
  use: Use,
): Promise<Caller | null> {
  switch (credential.kind) {
    case 'none':
    case 'console':
      return null;
    case 'session':
      return access.bySession(credential.id, use);
    case 'token':
      return credential.token === '' ? null : access.byToken(credential.token, source, use);
  }
}

/** The header that gives a browser its session, which no script can read and no other site can send. */
export const sessionCookie = (id: string, lastsSeconds: number, isSecure: boolean): string =>
  cookie(id, lastsSeconds, isSecure);

/** The header that removes it. */
export const noSessionCookie = (isSecure: boolean): string => cookie('', 0, isSecure);

function cookie(value: string, maxAge: number, isSecure: boolean): string {
  const name = isSecure ? cookieName.secure : cookieName.plain;
  return `${name}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
}
