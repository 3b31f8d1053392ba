import type { FileFault } from './file-faults.js';
import type { JsonFault } from './json-text.js';

/** What is wrong with a text that is not valid JSON. */
export function syntaxFault({ line, column, duplicateKey, isEmpty }: JsonFault): FileFault {
  if (isEmpty) return { path: [], code: 'fault.json.empty' };
  return duplicateKey === undefined
    ? { path: [], code: 'fault.json.syntax', params: { line, column } }
    : { path: [], code: 'fault.json.duplicateKey', params: { line, key: duplicateKey } };
}
