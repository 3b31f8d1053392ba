/** Header fields in their order. Names are compared without case; compact forms (RFC 3261, 7.3.3) count as the long ones. */
export class SipHeaders {
  readonly #fields: [name: string, value: string][];

  constructor(fields: Iterable<readonly [string, string]> = []) {
    this.#fields = [...fields].map(([name, value]) => [name, value]);
  }

  [Symbol.iterator](): Iterator<readonly [string, string]> {
    return this.#fields[Symbol.iterator]();
  }

  get(name: string): string | undefined {
    return this.#fields.find(([field]) => isSame(field, name))?.[1];
  }

  all(name: string): string[] {
    return this.#fields.filter(([field]) => isSame(field, name)).map(([, value]) => value);
  }

  set(name: string, value: string): this {
    this.delete(name);
    this.#fields.push([name, value]);
    return this;
  }

  add(name: string, value: string): this {
    this.#fields.push([name, value]);
    return this;
  }

  delete(name: string): void {
    const kept = this.#fields.filter(([field]) => !isSame(field, name));
    this.#fields.splice(0, this.#fields.length, ...kept);
  }

  /** Puts a field before all others, as a Via must be. */
  prepend(name: string, value: string): this {
    this.#fields.unshift([name, value]);
    return this;
  }
}

export interface SipRequest {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
  readonly headers: SipHeaders;
  readonly body: string;
}

export interface SipResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
  readonly headers: SipHeaders;
  readonly body: string;
}

export type SipMessage = SipRequest | SipResponse;

/** A From, To or Contact value taken apart. */
export interface NameAddress {
  readonly displayName: string;
  readonly uri: string;
  readonly user: string;
  readonly host: string;
  readonly port: number | undefined;
}

const compactForms: Record<string, string> = {
  i: 'call-id',
  m: 'contact',
  e: 'content-encoding',
  l: 'content-length',
  c: 'content-type',
  f: 'from',
  s: 'subject',
  k: 'supported',
  t: 'to',
  v: 'via',
};

function isSame(field: string, name: string): boolean {
  return canonical(field) === canonical(name);
}

function canonical(name: string): string {
  const lower = name.toLowerCase();
  return compactForms[lower] ?? lower;
}

export function formatSip(message: SipMessage): string {
  const first =
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`;
  const headers = new SipHeaders(message.headers).set('Content-Length', String(Buffer.byteLength(message.body)));
  return `${[first, ...[...headers].map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n${message.body}`;
}

/** Reads one message; undefined for anything that is none. The body is cut to Content-Length. */
export function parseSip(text: string): SipMessage | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = new SipHeaders(unfold(lines).map(splitField));
  const length = headers.get('Content-Length');
  const body = text.slice(end + 4, length === undefined ? undefined : end + 4 + Number(length));
  const response = /^SIP\/2\.0 (\d{3}) ?(.*)$/.exec(first);
  if (response) return { kind: 'response', status: Number(response[1]), reason: response[2] ?? '', headers, body };
  const request = /^(\S+) (\S+) SIP\/2\.0$/.exec(first);
  if (!request) return undefined;
  return { kind: 'request', method: request[1] ?? '', uri: request[2] ?? '', headers, body };
}

function unfold(lines: readonly string[]): string[] {
  return lines.reduce<string[]>((fields, line) => {
    const continued = /^[ \t]/.test(line) ? fields.pop() : undefined;
    fields.push(continued === undefined ? line : `${continued} ${line.trim()}`);
    return fields;
  }, []);
}

function splitField(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
}

/** Value of a `;name=value` parameter outside the angle brackets. */
export function parameter(value: string | undefined, name: string): string | undefined {
  return new RegExp(`;\\s*${name}=([^;,\\s]+)`, 'i').exec((value ?? '').replace(/<[^>]*>/, ''))?.[1];
}

export function parseNameAddress(value: string): NameAddress {
  const bracketed = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*?))\s*<([^>]+)>/.exec(value);
  const uri = bracketed?.[3] ?? value.split(';')[0]?.trim() ?? '';
  const parts = /^sips?:(?:([^@]*)@)?(\[[^\]]+\]|[^:;?]+)(?::(\d+))?/.exec(uri);
  return {
    displayName: (bracketed?.[1] ?? bracketed?.[2] ?? '').replace(/\\(.)/g, '$1'),
    uri,
    user: decodeURIComponent(parts?.[1] ?? ''),
    host: parts?.[2] ?? '',
    port: parts?.[3] === undefined ? undefined : Number(parts[3]),
  };
}

/** The number and method of a CSeq. */
export function sequenceOf(message: SipMessage): { readonly number: number; readonly method: string } {
  const [number = '0', method = ''] = (message.headers.get('CSeq') ?? '').split(/\s+/);
  return { number: Number(number), method };
}

/** A response with the fields that every response copies from its request (RFC 3261, 8.2.6.2). */
export function responseTo(
  request: SipRequest,
  status: number,
  { reason = '', toTag = '', body = '' }: { reason?: string; toTag?: string; body?: string } = {},
): SipResponse {
  const headers = new SipHeaders();
  for (const via of request.headers.all('Via')) headers.add('Via', via);
  for (const route of request.headers.all('Record-Route')) headers.add('Record-Route', route);
  const to = request.headers.get('To') ?? '';
  headers.add('From', request.headers.get('From') ?? '');
  headers.add('To', toTag === '' || parameter(to, 'tag') !== undefined ? to : `${to};tag=${toTag}`);
  headers.add('Call-ID', request.headers.get('Call-ID') ?? '');
  headers.add('CSeq', request.headers.get('CSeq') ?? '');
  return { kind: 'response', status, reason: reason === '' ? (reasons[status] ?? 'Unknown') : reason, headers, body };
}

const reasons: Record<number, string> = {
  100: 'Trying',
  180: 'Ringing',
  183: 'Session Progress',
  200: 'OK',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  491: 'Request Pending',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
  600: 'Busy Everywhere',
  603: 'Decline',
};
