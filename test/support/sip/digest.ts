import { createHash, randomBytes } from 'node:crypto';

export type DigestAlgorithm = 'MD5' | 'SHA-256';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** A challenge or an answer to one, as name and value. */
export type DigestParameters = ReadonlyMap<string, string>;

export function parseDigest(value: string): DigestParameters {
  const pairs = value.replace(/^\s*Digest\s+/i, '').matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g);
  return new Map([...pairs].map(([, name = '', quoted, bare]) => [name.toLowerCase(), quoted ?? bare ?? '']));
}

/** Answers challenges as a client does (RFC 7616, RFC 8760); keeps the nonce and counts its uses. */
export class DigestClient {
  readonly #credentials: Credentials;
  readonly #algorithm: DigestAlgorithm | undefined;
  #challenge: DigestParameters | undefined;
  #uses = 0;

  /** Without an algorithm it takes the first one offered that it knows, which is the one the server likes best. */
  constructor(credentials: Credentials, algorithm?: DigestAlgorithm) {
    this.#credentials = credentials;
    this.#algorithm = algorithm;
  }

  /** Takes one of the challenges offered; false when none is usable. */
  accept(offers: readonly string[]): boolean {
    const challenge = offers.map(parseDigest).find((offer) => this.#understands(offer));
    this.#challenge = challenge;
    this.#uses = 0;
    return challenge !== undefined;
  }

  /** The value of an Authorization field; undefined before the first challenge. */
  authorization(method: string, uri: string): string | undefined {
    if (!this.#challenge) return undefined;
    this.#uses += 1;
    return answerDigest(this.#challenge, this.#credentials, { method, uri, uses: this.#uses });
  }

  #understands(offer: DigestParameters): boolean {
    const algorithm = algorithmOf(offer);
    return algorithm !== undefined && (this.#algorithm === undefined || algorithm === this.#algorithm);
  }
}

export function answerDigest(
  challenge: DigestParameters,
  { username, password }: Credentials,
  { method, uri, uses }: { method: string; uri: string; uses: number },
): string {
  const realm = challenge.get('realm') ?? '';
  const nonce = challenge.get('nonce') ?? '';
  const algorithm = algorithmOf(challenge) ?? 'MD5';
  const ha1 = hash(algorithm, `${username}:${realm}:${password}`);
  const ha2 = hash(algorithm, `${method}:${uri}`);
  const answer = [`username="${username}"`, `realm="${realm}"`, `nonce="${nonce}"`, `uri="${uri}"`];
  if (challenge.has('algorithm')) answer.push(`algorithm=${algorithm}`);
  if (challenge.has('opaque')) answer.push(`opaque="${challenge.get('opaque')}"`);
  if (!challenge.has('qop')) {
    return `Digest ${[...answer, `response="${hash(algorithm, `${ha1}:${nonce}:${ha2}`)}"`].join(', ')}`;
  }
  const count = uses.toString(16).padStart(8, '0');
  const cnonce = randomBytes(8).toString('hex');
  const response = hash(algorithm, `${ha1}:${nonce}:${count}:${cnonce}:auth:${ha2}`);
  return `Digest ${[...answer, 'qop=auth', `nc=${count}`, `cnonce="${cnonce}"`, `response="${response}"`].join(', ')}`;
}

/** Whether an Authorization value proves knowledge of the password for this request and nonce. */
export function isRightAnswer(authorization: string, { username, password }: Credentials, method: string): boolean {
  const given = parseDigest(authorization);
  const value = (name: string) => given.get(name) ?? '';
  const algorithm = algorithmOf(given) ?? 'MD5';
  const ha1 = hash(algorithm, `${username}:${value('realm')}:${password}`);
  const ha2 = hash(algorithm, `${method}:${value('uri')}`);
  const middle = given.has('qop')
    ? `${value('nonce')}:${value('nc')}:${value('cnonce')}:${value('qop')}`
    : value('nonce');
  return value('username') === username && value('response') === hash(algorithm, `${ha1}:${middle}:${ha2}`);
}

function algorithmOf(parameters: DigestParameters): DigestAlgorithm | undefined {
  const name = (parameters.get('algorithm') ?? 'MD5').toUpperCase();
  return name === 'MD5' || name === 'SHA-256' ? name : undefined;
}

function hash(algorithm: DigestAlgorithm, text: string): string {
  return createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
    .update(text)
    .digest('hex');
}
