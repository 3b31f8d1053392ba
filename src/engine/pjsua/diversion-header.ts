import type { Diversion } from '../../primitives/diversion.js';
import { sipUser } from './sip-user.js';

interface Diverted {
  /** The number of who has forwarded the call. */
  readonly by: string;
  readonly to: string;
  readonly host: string;
}

/** How a trunk is told who has forwarded a call: by Diversion (RFC 5806) or History-Info (RFC 7044). */
export function diversionHeader(kind: Diversion, { by, to, host }: Diverted): Readonly<Record<string, string>> {
  const uri = (number: string) => `<sip:${sipUser(number)}@${host}>`;
  switch (kind) {
    case 'none':
      return {};
    case 'diversion':
      return { Diversion: uri(by) };
    case 'historyInfo':
      return { 'History-Info': `${uri(by)};index=1, ${uri(to)};index=1.1;mp=1` };
  }
}
