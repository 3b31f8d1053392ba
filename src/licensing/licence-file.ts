/** First line of a licence file. */
const title = 'Modcall licence key';

/** One line of a licence file's header, for people; it is not signed. */
export type FileHead = readonly (readonly [label: string, value: string])[];

const groupsPerLine = 8;

/** A licence as a file: a title, lines for people, an empty line, and the key. */
export function licenceFileText(key: string, head: FileHead): string {
  const lines = head.map(([label, value]) => `${label}: ${value.replace(/\s+/g, ' ')}`);
  return `${[title, ...lines, '', ...keyLines(key)].join('\n')}\n`;
}

/** The key broken into lines that end with a hyphen where it goes on. */
export function keyLines(key: string): string[] {
  const [prefix = '', ...groups] = key.split('-');
  const lines: string[] = [];
  for (let start = 0; start < groups.length; start += groupsPerLine) {
    lines.push(groups.slice(start, start + groupsPerLine).join('-'));
  }
  return lines.map((line, index) => (index === 0 ? `${prefix}-` : '') + line + (index < lines.length - 1 ? '-' : ''));
}

/** The key of a licence file: what follows the header. Any other text is returned as it is. */
export function groupsOfLicenceFile(text: string): string {
  if (!text.trimStart().startsWith(title)) return text;
  const [, ...afterHead] = text
    .replaceAll('\r\n', '\n')
    .trimStart()
    .split(/\n[ \t]*\n/);
  return afterHead.join('\n');
}
