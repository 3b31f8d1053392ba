import { plainText } from './plain-text.js';

/** A piece of XML. Texts become one only by being escaped. */
export interface Markup {
  readonly markup: string;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

const escaped = (value: string): string => plainText(value).replace(/[&<>"']/g, (sign) => entities[sign] ?? '');

/** An element with a text in it, or with other elements. Its name and those of its attributes are ours, never somebody's text. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>>,
  content: string | readonly Markup[],
): Markup {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const inner = typeof content === 'string' ? escaped(content) : `\n${content.map(indented).join('\n')}\n`;
  return { markup: `<${name}${written.join('')}>${inner}</${name}>` };
}

export const xmlDocument = (root: Markup): string => `<?xml version="1.0" encoding="UTF-8"?>\n${root.markup}\n`;

/** Only the lines of elements: a text has no line ends. */
const indented = ({ markup }: Markup): string => markup.replace(/^/gm, '  ');
