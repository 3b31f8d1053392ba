import type { Language } from '../switchboard/wishes.js';

/** A page to print: a title, rows, and what else stands on it. */
export interface Sheet {
  readonly language: Language;
  readonly title: string;
  readonly introduction: string;
  readonly rows: readonly Row[];
  /** SVG, with a caption. */
  readonly picture: { readonly svg: string; readonly caption: string };
  /** Text in a typewriter face, line by line. */
  readonly code?: readonly string[];
  readonly notes: readonly string[];
}

export type Row = readonly [label: string, value: string];

export function sheetText({ title, introduction, rows, code = [], notes }: Sheet): string {
  const width = Math.max(...rows.map(([label]) => label.length));
  const lines = rows.map(([label, value]) => `${`${label}:`.padEnd(width + 2)}${value}`.trimEnd());
  const blocks = [[title, '='.repeat(title.length)], [introduction], lines, code, notes].filter(
    (block) => block.length > 0,
  );
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}

/** A whole page without scripts or outside parts: it can be saved, mailed and printed. */
export function sheetHtml({ language, title, introduction, rows, picture, code = [], notes }: Sheet): string {
  const cells = rows.map(
    ([label, value]) => `<tr><th scope="row">${escaped(label)}</th><td>${escaped(value)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<title>${escaped(title)}</title>
<style>
@page { size: A4; margin: 20mm }
body { font: 11pt sans-serif; max-width: 170mm; margin: 1em auto }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #999; padding: 2mm; text-align: left; vertical-align: top }
th { width: 33%; font-weight: normal }
figure { margin: 1em 0 }
figure svg { width: 50mm; height: 50mm }
pre { font: 10pt monospace; white-space: pre-wrap }
</style>
</head>
<body>
<h1>${escaped(title)}</h1>
<p>${escaped(introduction)}</p>
<table>
${cells.join('\n')}
</table>
${code.length > 0 ? `<pre>${escaped(code.join('\n'))}</pre>\n` : ''}<figure role="img" aria-label="${escaped(picture.caption)}">
${picture.svg}
<figcaption>${escaped(picture.caption)}</figcaption>
</figure>
${notes.map((note) => `<p>${escaped(note)}</p>`).join('\n')}
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
