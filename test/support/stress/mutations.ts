/** A generator of numbers from a seed (mulberry32), so that what failed once can be sent again. */
export function seeded(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

type Pick = (limit: number) => number;

const methods = ['INVITE', 'REGISTER', 'OPTIONS', 'BYE', 'CANCEL', 'ACK', 'INFO', 'REFER', 'SUBSCRIBE', 'UPDATE'];
const oddities = [
  '\0',
  '%00',
  '"',
  '<',
  '>',
  ';;',
  ',',
  '\r\n',
  '\r',
  '\n\n',
  '\t',
  '\u00ff',
  '☎',
  '@',
  '[::1]',
  '%s%n',
];
const numbers = ['-1', '0', '4294967296', '99999999999999999999', '0x10', '', '1e9'];

function replaceAt(text: string, at: number, length: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + length);
}

/** In the spirit of RFC 4475: each makes a message a little wrong, or rare. */
const mutations: readonly ((text: string, pick: Pick) => string)[] = [
  (text, pick) => replaceAt(text, pick(text.length), 1, String.fromCharCode(pick(256))),
  (text, pick) => replaceAt(text, pick(text.length), 1 + pick(40), ''),
  (text, pick) => replaceAt(text, pick(text.length), 0, oddities[pick(oddities.length)] ?? ''),
  (text, pick) => replaceAt(text, pick(text.length), 0, 'a'.repeat(pick(3000))),
  (text, pick) => text.slice(0, pick(text.length)),
  (text, pick) => {
    const found = [...text.matchAll(/\d+/g)];
    const chosen = found[pick(found.length)];
    return chosen ? replaceAt(text, chosen.index, chosen[0].length, numbers[pick(numbers.length)] ?? '') : text;
  },
  (text, pick) => {
    const lines = text.split('\r\n');
    const line = lines[pick(lines.length)] ?? '';
    return [
      ...lines.slice(0, 1 + pick(lines.length)),
      ...Array.from({ length: 1 + pick(20) }, () => line),
      ...lines.slice(1),
    ].join('\r\n');
  },
  (text, pick) => {
    const lines = text.split('\r\n');
    const [from, to] = [1 + pick(lines.length - 1), 1 + pick(lines.length - 1)];
    [lines[from], lines[to]] = [lines[to] ?? '', lines[from] ?? ''];
    return lines.join('\r\n');
  },
  (text, pick) =>
    text.replace(/^(\w[\w-]*): /gm, (_, name: string) => `${name}${' '.repeat(pick(3))}:\r\n ${'\t'.repeat(pick(2))}`),
];

/** A message for this host, of any method, with one to four mutations. */
export function mutated(uri: string, pick: Pick): string {
  const method = methods[pick(methods.length)] ?? 'INVITE';
  const body =
    pick(2) === 0
      ? ''
      : 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0 8\r\n';
  let text = [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK${pick(2 ** 31)};rport`,
    'Max-Forwards: 70',
    `From: "A Caller" <sip:101@office.example>;tag=${pick(1000)}`,
    `To: <${uri}>${pick(3) === 0 ? `;tag=${pick(1000)}` : ''}`,
    `Call-ID: ${pick(2 ** 31)}@fuzz`,
    `CSeq: ${pick(1000)} ${method}`,
    'Contact: <sip:101@127.0.0.1:9;transport=udp>;expires=60',
    'Authorization: Digest username="101", realm="modcall", nonce="00", uri="sip:127.0.0.1", response="00", algorithm=MD5, qop=auth, nc=00000001, cnonce="0"',
    'Supported: 100rel, timer, replaces',
    'Session-Expires: 90;refresher=uac',
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
  for (let times = 1 + pick(4); times > 0; times -= 1) text = mutations[pick(mutations.length)]?.(text, pick) ?? text;
  return text.slice(0, 60_000);
}
