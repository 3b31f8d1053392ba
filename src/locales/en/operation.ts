import type { Tree } from '../tree.js';

/** What each operation of the running box is for. */
export const operation = {
  settings: {
    show: 'Shows the settings, without passwords.',
    set: 'Takes these settings into use; a password that is left out stays as it is.',
    change: 'Changes single settings, such as the language or for how long a telephone rings.',
    versions: 'Shows who changed the settings, and what.',
    restore: 'Goes back to the settings of an earlier version.',
  },
  extensions: {
    list: 'Shows the extensions, without passwords.',
    show: 'Shows an extension.',
    set: 'Makes an extension or replaces it; a password that is left out stays as it is.',
    change: 'Changes some fields of an extension.',
    remove: 'Removes an extension that nothing else names.',
    export: 'Exports the extensions as a table, without passwords.',
    import: 'Makes and changes many extensions at once by a table, or none if one line is wrong.',
  },
  groups: {
    list: 'Shows the groups.',
    show: 'Shows a group.',
    set: 'Makes a group or replaces it.',
    change: 'Changes some fields of a group.',
    remove: 'Removes a group that nothing else names.',
  },
  profiles: {
    list: 'Shows the monitoring profiles.',
    show: 'Shows a monitoring profile.',
    set: 'Makes a monitoring profile or replaces it.',
    change: 'Changes some fields of a monitoring profile.',
    remove: 'Removes a monitoring profile and ends its monitors.',
  },
  trunks: {
    list: 'Shows the trunks, without passwords.',
    show: 'Shows a trunk.',
    set: 'Makes a trunk or replaces it; a password that is left out stays as it is.',
    change: 'Changes some fields of a trunk.',
    remove: 'Removes a trunk that nothing else names.',
  },
  analogPhones: {
    list: 'Shows the telephones on the ports of the board.',
    show: 'Shows the telephone on a port of the board.',
    set: 'Sets what hangs on a port of the board.',
    change: 'Changes some fields of a telephone on a port of the board.',
    remove: 'Removes the telephone from a port of the board.',
  },
  webhooks: {
    list: 'Shows which programs are told of calls and monitors, and where.',
    show: 'Shows a program that is told.',
    set: 'Tells a program of calls or monitors from now on; the key of its signature is shown this once only.',
    change: 'Changes some fields of a program that is told.',
    remove: 'Tells a program nothing more.',
    status: 'Shows what the programs have received, and what keeps it from them.',
    test: 'Sends a program a test message, and shows whether it takes it.',
  },
  exclusions: {
    list: 'Shows who is excluded from monitoring for good.',
    add: 'Excludes an extension or an outside number from monitoring for good.',
    remove: 'Lets an extension or an outside number be monitored again.',
  },
  pins: {
    list: 'Shows who moderates or has a PIN, never the PIN.',
    set: 'Gives a moderator a PIN, which counts at once.',
    remove: 'Takes the PIN of a moderator away.',
  },
  calls: {
    list: 'Shows the calls that run, and who listens.',
    end: 'Ends a call; one to the emergency services cannot be ended so.',
    records: 'Shows the records of ended calls.',
    export: 'Exports the records of ended calls as a table.',
  },
  monitors: {
    list: 'Shows who listens to whom, in which mode and with which notice.',
    end: 'Ends a monitor.',
    endOwn: 'Ends all monitors of one’s own call.',
  },
  registrations: {
    list: 'Shows the phones that have registered, and from where.',
  },
  lines: {
    list: 'Shows the trunks and the telephones on the ports of the board, and why one is down.',
  },
  box: {
    restart: 'Restarts the box once no call runs, or at once but for emergency calls.',
  },
  support: {
    show: 'Shows what the support bundle would tell whoever helps, part by part, before it leaves the box.',
    bundle: 'Makes one file for whoever helps from afar, without secrets and names.',
  },
  state: {
    show: 'Shows how the box is.',
  },
  audit: {
    list: 'Shows the audit record from the newest entry on; members see what is about themselves.',
    verify: 'Reads the whole audit record, and says whether it is as it was written.',
    export: 'Exports the audit record, signed, as a file that can be verified anywhere.',
  },
  licence: {
    show: 'Shows the licence and what it allows.',
    enter: 'Takes a licence key into use at once, or says why not.',
    explain: 'Shows what is in a licence key and what it would allow here.',
    remove: 'Takes the licence key out of use.',
    order: 'Shows what the vendor needs to know to issue a licence key.',
    orderSheet: 'Shows the order sheet for a licence, ready to print.',
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
