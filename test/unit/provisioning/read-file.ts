import { XMLParser, XMLValidator } from 'fast-xml-parser';

const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, trimValues: false, parseTagValue: false });

/** What is in an XML file, whatever its spaces between elements; throws for one that is not well-formed. */
export function xmlIn(text: string): unknown {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new Error(valid.err.msg);
  return withoutSpace(parser.parse(text));
}

/** Text that stands beside elements is layout. */
function withoutSpace(value: unknown): unknown {
  if (Array.isArray(value)) {
    const isText = value.length === 1;
    return value.filter((each) => isText || !isBlank(each)).map(withoutSpace);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutSpace(inner)]));
}

const isBlank = (node: unknown): boolean => /^\s*$/.test(String(Object(node)['#text'] ?? 'x'));

/** What is in a file of `key = value`, in its order. */
export const valuesIn = (text: string): readonly (readonly [string, string])[] =>
  text
    .split('\n')
    .filter((line) => !/^\s*(#|$)/.test(line))
    .map((line) => {
      const [, key = '', value = ''] = /^(\S+) = (.*)$/.exec(line) ?? [];
      if (key === '') throw new Error(`no key in: ${line}`);
      return [key, value];
    });

/** All texts in the elements of this name, and of these attributes. */
export function textsOf(xml: unknown, name: string, attributes: Readonly<Record<string, string>> = {}): string[] {
  if (Array.isArray(xml)) return xml.flatMap((each) => textsOf(each, name, attributes));
  if (typeof xml !== 'object' || xml === null) return [];
  const node = xml as Readonly<Record<string, unknown>>;
  const found = Object.entries(attributes).every(([key, value]) => Object(node[':@'])[`@_${key}`] === value);
  return Object.entries(node).flatMap(([key, inner]) => [
    ...(key === name && found && Array.isArray(inner)
      ? [inner.map((each) => Object(each)['#text'] ?? '').join('')]
      : []),
    ...(key === ':@' ? [] : textsOf(inner, name, attributes)),
  ]);
}
