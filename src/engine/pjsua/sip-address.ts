/** One address in a header field (RFC 3261, 20.10; RFC 3325, 9.1). */
export interface SipAddress {
  /** Empty where there is none. */
  readonly name: string;
  /** Lower case: `sip`, `sips`, `tel` …; empty where the text is not a URI. */
  readonly scheme: string;
  /** The user part with its parameters, unescaped; of a `tel` URI everything after the scheme. */
  readonly user: string;
  readonly host: string;
  /** Parameters after the URI, as text. */
  readonly parameters: string;
}

/** Longest display name or user; nothing longer fits a display. */
const longestText = 512;

/** The addresses in a field: at least one, possibly empty. Commas within quotes and angle brackets do not separate. */
export function addressesIn(field: string): readonly SipAddress[] {
  return (field.match(/(?:"(?:[^"\\]|\\.)*"?|<[^>]*>?|[^,])+/g) ?? ['']).map(addressIn);
}

export function addressIn(text: string): SipAddress {
  const bracketed = /^\s*("(?:[^"\\]|\\.)*"|[^<"]*)\s*<([^>]*)>(.*)$/s.exec(text);
  const [, name = '', uri = text.trim(), parameters = ''] = bracketed ?? [];
  return { name: displayName(name), ...uriParts(uri), parameters };
}

function displayName(text: string): string {
  const trimmed = text.trim();
  const quoted = /^"(.*)"$/s.exec(trimmed)?.[1];
  return (quoted === undefined ? trimmed : quoted.replace(/\\(.)/gs, '$1')).slice(0, longestText);
}

function uriParts(uri: string): Pick<SipAddress, 'scheme' | 'user' | 'host'> {
  const [, scheme = '', rest = ''] = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/s.exec(uri) ?? [];
  const name = scheme.toLowerCase();
  if (name === 'tel') return { scheme: name, user: unescaped(rest.split('?')[0] ?? ''), host: '' };
  const [, user = '', host = ''] = /^(?:([^@]*)@)?(\[[^\]]*\]|[^;?:]*)/s.exec(rest) ?? [];
  return { scheme: name, user: unescaped(user.split(':')[0] ?? ''), host: host.toLowerCase() };
}

/** Wrong escapes are left as they are. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text).slice(0, longestText);
  } catch {
    return text.slice(0, longestText);
  }
}
