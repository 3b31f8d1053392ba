import type { Account } from './account.js';
import type { MessageSource } from './binding.js';
import type { Handle, RawEvent } from './native.js';

/** Why a call was admitted: it came from a user of the registrar, over a registration of ours, or from a peer known by its address. */
export type Origin =
  | { readonly kind: 'user'; readonly username: string }
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'peer'; readonly name: string };

/** What the INVITE of an incoming call says. */
export interface IncomingCall {
  readonly origin: Origin;
  readonly requestUser: string;
  readonly requestUri: string;
  readonly toUri: string;
  /** What the caller says about itself; `displayName` is empty if there is none. */
  readonly from: { readonly user: string; readonly displayName: string; readonly uri: string };
  readonly source: MessageSource;
  /** How many hops may still forward the call (RFC 3261, 20.22), at least 1; absent if not stated. */
  readonly maxForwards?: number;
  /**
   * By lower-case name, as they appear in the message: X-*, Call-ID, From, To, Subject, Alert-Info, Call-Info, Diversion, Referred-By,
   * Priority, Privacy, User-Agent, P-Called-Party-ID, and the identities that a network vouches for, P-Asserted-Identity (RFC 3325) and
   * Remote-Party-ID: believe these only from an origin that you trust.
   */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly userAgent?: string;
}

type RawOrigin = Exclude<Origin, { kind: 'account' }> | { readonly kind: 'account'; readonly account: Handle };

/** @internal */
export type RawIncomingCall = RawEvent & { readonly type: 'incomingCall'; readonly call: Handle } & Omit<
    IncomingCall,
    'origin'
  > & { readonly origin: RawOrigin };

/** @internal Undefined if the account it came over has been closed in the meantime. */
export function incomingCallOf(
  raw: RawIncomingCall,
  accountOf: (handle: Handle) => Account | undefined,
): IncomingCall | undefined {
  const origin = originOf(raw.origin, accountOf);
  if (origin === undefined) return undefined;
  const { requestUser, requestUri, toUri, from, source, maxForwards, headers, userAgent } = raw;
  return {
    origin,
    requestUser,
    requestUri,
    toUri,
    from,
    source,
    headers,
    ...(maxForwards !== undefined && { maxForwards }),
    ...(userAgent !== undefined && { userAgent }),
  };
}

function originOf(raw: RawOrigin, accountOf: (handle: Handle) => Account | undefined): Origin | undefined {
  if (raw.kind !== 'account') return raw;
  const account = accountOf(raw.account);
  return account && { kind: 'account', account };
}
