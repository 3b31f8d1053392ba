/** What stands in a field with addresses (RFC 3261, 20.10; RFC 3325, 9.1). */
export interface SipAddress {
  /** Empty where there is none. */
  readonly name: string;
  /** Lower case: `sip`, `sips`, `tel` …; empty where the text is no URI. */
  readonly scheme: string;
  /** What stands for the user, with its own parameters, escapes resolved; of a `tel` URI all that follows the scheme. */
  readonly user: string;
  readonly host: string;
  /** Parameters after the URI, as text. */
  readonly parameters: string;
}

/** A display name or user beyond this is not for a display. */
const longestText = 512;

/** The addresses in a field, at least one, which may be empty; commas within quotes and angle brackets separate nothing. */
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

/** What is escaped wrongly stands as it is. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text).slice(0, longestText);
  } catch {
    return text.slice(0, longestText);
  }
}
