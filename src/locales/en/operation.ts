import type { Tree } from '../tree.js';

/** What each operation of the running box is for. */
export const operation = {
  settings: {
    show: 'Shows the settings, without passwords.',
    set: 'Applies these settings; a password that is left out stays as it is.',
    change: 'Changes single settings, such as the language or how long a telephone rings.',
    versions: 'Shows who changed the settings, and what.',
    undo: 'Goes back to the settings before the last change. That is a change, too: a second undo takes the first one back. “settings restore” goes further back.',
    restore: 'Returns to the settings of an earlier version.',
  },
  extensions: {
    list: 'Shows the extensions, without passwords.',
    show: 'Shows an extension.',
    set: 'Creates or replaces an extension; a password that is left out stays as it is.',
    change: 'Changes some fields of an extension.',
    remove: 'Removes an extension that nothing else names.',
    export: 'Exports the extensions as a table, without passwords.',
    columns:
      'The first line of the table names its columns: number (always), name, consents (yes or no), language (de or en), encryption (off, offered or required) and password (“generate” lets the box make one; it also makes one for whoever is new and has none).',
    import: 'Makes and changes many extensions at once by a table, or none if one line is wrong.',
  },
  groups: {
    list: 'Shows the groups.',
    show: 'Shows a group.',
    set: 'Creates or replaces a group.',
    change: 'Changes some fields of a group.',
    remove: 'Removes a group that nothing else names.',
  },
  profiles: {
    list: 'Shows the monitoring profiles.',
    show: 'Shows a monitoring profile.',
    set: 'Creates or replaces a monitoring profile.',
    change: 'Changes some fields of a monitoring profile.',
    remove: 'Removes a monitoring profile and ends its monitors.',
  },
  trunks: {
    list: 'Shows the trunks, without passwords.',
    show: 'Shows a trunk.',
    set: 'Creates or replaces a trunk; a password that is left out stays as it is.',
    change: 'Changes some fields of a trunk.',
    remove: 'Removes a trunk that nothing else names.',
  },
  analogPhones: {
    list: 'Shows the telephones on the ports of the board.',
    show: 'Shows the telephone on a port of the board.',
    set: 'Sets what is connected to a port of the board.',
    change: 'Changes some fields of a telephone on a port of the board.',
    remove: 'Removes the telephone from a port of the board.',
  },
  phones: {
    list: 'Shows the phones that fetch their configuration from the box, without their secrets.',
    show: 'Shows a phone that fetches its configuration from the box.',
    set: 'Lets a phone fetch its configuration from the box; the secret of its address is shown only this once.',
    change: 'Changes some fields of a phone; with the secret "generate" its address is another from now on.',
    remove: 'Lets a phone fetch its configuration no longer.',
    export: 'Exports the phones as a table, without their secrets.',
    import:
      'Makes and changes many phones at once by a table, or none if one line is wrong; the secrets of new ones are shown only this once.',
    revoke: 'Lets a phone fetch its configuration no longer; it keeps what it has.',
    callIn: 'Tells a phone to fetch its configuration now.',
  },
  phoneStates: {
    list: 'Shows which phones have fetched their configuration, when, and whether they are registered.',
  },
  webhooks: {
    list: 'Shows which programs are notified of calls and monitors, and where.',
    show: 'Shows a program that is notified.',
    set: 'Notifies a program of calls or monitors from now on; the key of its signature is shown only this once.',
    change: 'Changes some fields of a program that is notified.',
    remove: 'Stops notifying a program.',
    status: 'Shows what the programs have received, and what prevents it.',
    test: 'Sends a program a test message, and shows whether it is accepted.',
  },
  exclusions: {
    list: 'Shows who is excluded from monitoring for good.',
    add: 'Excludes an extension or an outside number from monitoring for good.',
    remove: 'Lets an extension or an outside number be monitored again.',
  },
  pins: {
    list: 'Shows who moderates or has a PIN, never the PIN.',
    set: 'Gives a moderator a PIN, which takes effect at once.',
    remove: 'Removes a moderator’s PIN.',
  },
  callHandling: {
    list: 'Shows for all extensions whether calls are forwarded, and who does not want to be disturbed.',
    show: 'Shows the forwarding and do not disturb of an extension.',
    change: 'Changes the forwarding and do not disturb of an extension.',
    own: 'Shows your own forwarding and do not disturb.',
    changeOwn: 'Changes your own forwarding and do not disturb.',
  },
  calls: {
    list: 'Shows running calls and who listens to them.',
    end: 'Ends a call; an emergency call cannot be ended this way.',
    records: 'Shows the records of ended calls.',
    export: 'Exports the records of ended calls as a table.',
  },
  monitors: {
    list: 'Shows who listens to whom, in which mode and with which notice.',
    end: 'Ends a monitor.',
    begin:
      'Calls your own telephone and lets you listen, as if you had dialled the service number and keyed PIN and member.',
    own: 'Shows your own listening.',
    answer: 'Picks up in the browser that is called for your listening.',
    stay: 'Says that the browser is still there in which you listen: without it for ten seconds, the listening ends.',
    press: 'Does what a key of the telephone does while you listen: the mode, taking over, the next call.',
    letIn: 'Lets in a moderator who asks to listen to your own call.',
    endOwn: 'Ends all monitoring of your own call.',
  },
  ownHelp: {
    show: 'Shows whether you can ask for a moderator in your own call, and who is called or helps.',
    ask: 'Calls the moderators of your group into your own call: the first to pick up joins it.',
    withdraw: 'Calls no moderator any more for your own call; one who helps leaves it.',
  },
  registrations: {
    list: 'Shows the phones that have registered, and from where.',
  },
  providers: {
    list: 'Shows what is known of providers and telephone systems, to set a trunk by, and what has to be looked up.',
  },
  lines: {
    list: 'Shows the trunks and the telephones on the ports of the board, and why one is down.',
  },
  box: {
    restart: 'Restarts the box once no call runs, or at once but for emergency calls.',
    cancelRestart: 'Calls off a restart that waits for calls to end, and the restore that would come with it.',
  },
  setUp: {
    show: 'Shows what is still to be set up before anybody can listen.',
  },
  demoCall: {
    begin:
      'Lets two built-in phones talk to each other in the place of two extensions without a phone, for a quarter of an hour.',
    end: 'Lets the built-in phones hang up and go.',
  },
  support: {
    show: 'Shows what the support bundle would tell whoever helps, part by part, before it leaves the box.',
    bundle: 'Makes one file for whoever helps from afar, without secrets and names.',
  },
  state: {
    show: 'Shows the state of the box.',
  },
  audit: {
    kinds: 'Shows which kinds of entries the audit record can have.',
    list: 'Shows the audit record from the newest entry on; members see what is about themselves.',
    verify: 'Reads the whole audit record, and says whether it is as it was written.',
    checkpoint:
      'Shows how far the audit record has come, signed, for somebody else to keep: whoever puts back an older record cannot meet it any more.',
    export: 'Exports the audit record, signed, as a file that can be verified anywhere.',
    verifier: 'Hands out the program that verifies an exported audit record on any computer with Node.js.',
    report: 'Shows what the audit record has of a month, in figures that tell nothing of a person.',
    own: 'Shows who listened to your own calls, from the latest on.',
    exportOwn: 'Exports all that the record has of who listened to your own calls, as a table.',
  },
  agreement: {
    show: 'Shows the works agreement in force, and what waits for signatures.',
    propose: 'Proposes what shall be agreed on; the box numbers it.',
    terms:
      'All of it has to be said, also what is not agreed on: --no-periods if nothing has to be announced, --no-modes if moderators may only listen, --no-recording-days if nothing may be recorded. In the quota, --no-quota.calls-per-member and --no-quota.members-per-month stand for any number.',
    withdraw: 'Withdraws what is proposed.',
    sign: 'Signs what is proposed; with the last signature that it needs it comes into force.',
    put: 'Puts a document in force that was signed elsewhere.',
    history: 'Shows every works agreement that was in force, and who signed it.',
    verify: 'Follows all works agreements from the first on, and says whether each came into force by right.',
  },
  periods: {
    list: 'Shows the announced periods that are not over; members see their own.',
    announce: 'Announces a period in which members may be listened to.',
    withdraw: 'Withdraws an announced period.',
  },
  sheets: {
    list: 'Shows which evaluation sheets concern you, and about which calls you may make one.',
    show: 'Shows an evaluation sheet that concerns you.',
    make: 'Makes an evaluation sheet about a call to which you have listened; it cannot be changed.',
    comment: 'Writes your comment on an evaluation sheet about you.',
    object: 'Writes your objection to an evaluation sheet about you.',
    talk: 'Says whether you have talked about an evaluation sheet.',
    askSecond: 'Asks somebody for a second opinion on an evaluation sheet about you.',
    giveSecond: 'Gives the second opinion for which you were asked.',
  },
  prompts: {
    list: 'Shows what the box can say, and what of it is replaced by sound of one’s own.',
    set: 'Replaces what the box says by sound of one’s own, from the next start on.',
    remove: 'Goes back to what Modcall says, from the next start on.',
  },
  log: {
    show: 'Shows the latest lines of the log.',
  },
  identity: {
    show: 'Shows the hardware ID, and what it is made from.',
    backup: 'Makes a backup of the key behind the hardware ID, sealed with a passphrase.',
  },
  licence: {
    show: 'Shows the licence and what it allows.',
    enter: 'Enters a licence key, which takes effect at once, or says why it cannot.',
    explain: 'Shows what is in a licence key and what it would allow here.',
    remove: 'Removes the licence key.',
    order: 'Shows what the vendor needs to know to issue a licence key.',
    orderSheet: 'Shows the order sheet for a licence, ready to print.',
  },
  users: {
    list: 'Shows who may sign in.',
    set: 'Creates or changes a user.',
    remove: 'Removes a user and their tokens.',
  },
  password: {
    change: 'Changes your password and signs you out everywhere.',
  },
  secondFactor: {
    show: 'Shows whether signing in asks you for a code.',
    begin: 'Begins to set up an authenticator app.',
    confirm: 'Asks for a code from now on, and shows the recovery codes.',
    remove: 'Stops asking for a code.',
  },
  tokens: {
    list: 'Shows the tokens of programs.',
    create: 'Creates a token for a program; it is shown only this once.',
    revoke: 'Revokes a token.',
  },
  web: {
    show: 'Shows where browsers and programs find the box.',
    confirm: 'Confirms that you find the page where you have moved it.',
    revert: 'Takes back a move of the page that nobody has confirmed.',
  },
  certificate: {
    show: 'Shows the certificate of the box.',
    install: 'Installs a certificate of your own.',
    remove: 'Returns to the certificate that the box issued for itself.',
  },
  backup: {
    check: 'Checks whether a passphrase is good enough for a backup.',
    explain: 'Shows what is in the backup that was sent to the box, and what it would change.',
    make: 'Makes a backup of the box, sealed with a passphrase.',
    upload: 'Sends a backup to the box, to be restored with its passphrase.',
    restore:
      'Checks the backup that was sent, and restarts the box with it once no call runs, or at once but for emergency calls.',
  },
  update: {
    show: 'Shows which system runs, how far the latest update has come, and which ones are on sticks or announced by the vendor.',
    upload: 'Sends an update to the box.',
    look: 'Looks on the web server of the vendor for a newer version.',
    explain: 'Checks whether an update is for this box, and shows what is in it.',
    install:
      'Installs an update while calls go on, and restarts the machine with it once no call runs, or at once but for emergency calls.',
    restart: 'Restarts the machine with the update that is installed.',
  },
  backupSchedule: {
    show: 'Shows where backups by the box go, and when it makes them.',
    set: 'Backs up to this place from now on: every day, when the button of the box is held, or both.',
    remove: 'Stops backups by the box.',
  },
} satisfies Tree;
