import { csv } from '../../primitives/csv.js';
import type { Settings } from '../../store/settings/settings-schema.js';
import { phoneWithSecrets } from '../settings/kept-secrets.js';
import type { TableForm } from '../settings/settings-table.js';

const columns = ['mac', 'model', 'extension', 'name'] as const;

/** The phones as a table, without secrets; several extensions have spaces between them. */
export const phoneTable = ({ phones }: Settings): string =>
  csv(
    columns,
    phones.map(({ id, model, extensions, name }) => ({ mac: id, model, extension: extensions.join(' '), name })),
  );

/** A MAC address in any spelling as the settings have it; whatever else it is stays. */
const idIn = (text: string): string => {
  const bare = text.replaceAll(/[\s:.-]/g, '').toLowerCase();
  return /^[0-9a-f]{12}$/.test(bare) ? bare : text.toLowerCase();
};

/** How a table says what phones there are: the rest of each, such as its keys, stays as it is. */
export const phoneForm: TableForm = {
  list: 'phones',
  key: 'id',
  columns,
  columnOf: { id: 'mac', extensions: 'extension' },
  headings: { modell: 'model', nebenstelle: 'extension', nebenstellen: 'extension', extensions: 'extension' },
  fieldOf(column, text) {
    switch (column) {
      case 'mac':
        return ['id', idIn(text)];
      case 'extension':
        return ['extensions', text.split(/[\s,;]+/)];
      case 'model':
        return ['model', text.toLowerCase()];
      default:
        return [column, text];
    }
  },
  settled: phoneWithSecrets,
};
