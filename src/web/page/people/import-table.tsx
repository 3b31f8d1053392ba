import { ask } from '../api/ask.js';
import { TableImport } from '../kit/list/table-import.js';
import { say } from '../texts.js';
import type { MadePassword } from './made-passwords.js';

interface ImportTableProps {
  readonly onClose: () => void;
  readonly onImported: (made: readonly MadePassword[]) => unknown;
}

/** Takes in many extensions at once. */
export const ImportTable = ({ onClose, onImported }: ImportTableProps) => (
  <TableImport
    title={say('people.import')}
    about={say('people.importAbout')}
    send={(table, { basis, dryRun }) => ask('POST', '/extensions/import', { table, dryRun }, basis)}
    onClose={onClose}
    onImported={({ passwords }) => onImported(passwords)}
  />
);
