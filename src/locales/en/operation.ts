import type { Tree } from '../tree.js';

/** What each operation of the running box is for. */
export const operation = {
  settings: {
    show: 'Shows the settings, without passwords.',
    set: 'Takes these settings into use; a password that is left out stays as it is.',
    versions: 'Shows who changed the settings, and what.',
    restore: 'Goes back to the settings of an earlier version.',
  },
  calls: {
    records: 'Shows the records of ended calls.',
    export: 'Exports the records of ended calls as a table.',
  },
  state: {
    show: 'Shows how the box is.',
  },
  users: {
    list: 'Shows who may sign in.',
    set: 'Makes or changes a user.',
    remove: 'Removes a user and their tokens.',
  },
  password: {
    change: 'Changes one’s own password and signs out everywhere.',
  },
  secondFactor: {
    begin: 'Begins to set up an authenticator app.',
    confirm: 'Asks for a code from now on, and shows the recovery codes.',
    remove: 'Asks for no code any more.',
  },
  tokens: {
    list: 'Shows the tokens of programs.',
    create: 'Makes a token for a program; it is shown this once only.',
    revoke: 'Revokes a token.',
  },
  certificate: {
    show: 'Shows the certificate of the box.',
    install: 'Takes a certificate of one’s own into use.',
    remove: 'Goes back to the certificate that the box issued for itself.',
  },
  backupSchedule: {
    show: 'Shows where a backup goes each day.',
    set: 'Makes a backup each day to this place from now on.',
    remove: 'Makes no more daily backups.',
  },
} satisfies Tree;
