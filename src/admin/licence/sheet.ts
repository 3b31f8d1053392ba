import type { Language } from '../../primitives/language.js';

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

/** An empty value is a blank to fill in by hand. */
export type Row = readonly [label: string, value: string];

const blank = '_'.repeat(40);

export function sheetText({ title, introduction, rows, code = [], notes }: Sheet): string {
  const width = Math.max(...rows.map(([label]) => label.length));
  const lines = rows.map(([label, value]) => `${`${label}:`.padEnd(width + 2)}${value || blank}`);
  const noteBlocks = notes.map((note) => [note]);
  const blocks = [[title, '='.repeat(title.length)], [introduction], lines, code, ...noteBlocks].filter(
    (block) => block.length > 0,
  );
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
}

/** A whole page without scripts or outside parts: it can be saved, mailed and printed. */
export function sheetHtml({ language, title, introduction, rows, picture, code = [], notes }: Sheet): string {
  const cells = rows.map(
    ([label, value]) =>
      `<tr><th scope="row">${escaped(label)}</th><td${value ? '' : ' class="blank"'}>${escaped(value)}</td></tr>`,
  );
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<title>${escaped(title)}</title>
<style>
@page { size: A4; margin: 20mm }
body { font: 11pt/1.4 sans-serif; max-width: 170mm; margin: 1em auto; color: #111; background: #fff }
h1 { font-size: 18pt }
table { border-collapse: collapse; width: 100% }
th, td { border-bottom: 1px solid #bbb; padding: 1.5mm 2mm 1.5mm 0; text-align: left; vertical-align: baseline }
th { width: 34%; font-weight: normal; color: #555 }
td { white-space: pre-wrap; font-variant-numeric: tabular-nums }
td.blank { height: 9mm }
pre { font: 11pt/1.5 monospace; white-space: pre-wrap; border: 1px solid #bbb; padding: 3mm }
figure { margin: 1em 0; text-align: center; break-inside: avoid }
figure svg { width: 60mm; height: 60mm }
figcaption { color: #555 }
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
