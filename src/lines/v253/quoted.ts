/**
 * Text as a string constant of V.250, 5.4.2.2: quotation marks around it; octets outside 0x20 to 0x7E, quotation marks and
 * backslashes as a backslash and two hexadecimal digits. Whole characters are left out at the end until it fits.
 */
export function quoted(text: string, mostOctets: number): string {
  const characters = [...text];
  while (Buffer.byteLength(characters.join('')) > mostOctets) characters.pop();
  const octets = [...Buffer.from(characters.join(''), 'utf8')];
  return `"${octets.map(escaped).join('')}"`;
}

function escaped(octet: number): string {
  const isPlain = octet >= 0x20 && octet <= 0x7e && octet !== 0x22 && octet !== 0x5c;
  return isPlain ? String.fromCharCode(octet) : `\\${octet.toString(16).toUpperCase().padStart(2, '0')}`;
}

/** The texts of a list such as `"number","name"`; undefined when it is malformed. */
export function unquoted(list: string): readonly string[] | undefined {
  if (!/^"[^"]*"(,"[^"]*")*$/.test(list)) return undefined;
  const texts = list.slice(1, -1).split('","').map(unescaped);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function unescaped(content: string): string | undefined {
  if (/\\(?![0-9A-F]{2})/.test(content)) return undefined;
  const latin = content.replace(/\\(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(latin, 'latin1').toString('utf8');
}
