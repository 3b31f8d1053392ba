import { ask } from '../api/ask.js';
import { TableImport } from '../kit/list/table-import.js';
import { say } from '../texts.js';
import type { MadeSecret } from './phone-addresses.js';

interface ImportPhonesProps {
  readonly onClose: () => void;
  readonly onImported: (made: readonly MadeSecret[]) => unknown;
}

/** Takes in many phones at once. */
export const ImportPhones = ({ onClose, onImported }: ImportPhonesProps) => (
  <TableImport
    title={say('phones.import')}
    about={say('phones.importAbout')}
    send={(table, { basis, dryRun }) => ask('POST', '/phones/import', { table, dryRun }, basis)}
    onClose={onClose}
    onImported={({ secrets }) => onImported(secrets.map(({ secret, ...phone }) => ({ phone, secret })))}
  />
);
