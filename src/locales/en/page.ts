import type { Tree } from '../tree.js';
import { agreement } from './page/agreement.js';
import { form, list } from './page/form.js';
import { handling } from './page/handling.js';
import { licence } from './page/licence.js';
import { lines } from './page/lines.js';
import { listening } from './page/listening.js';
import { own } from './page/own.js';
import { people } from './page/people.js';
import { phones } from './page/phones.js';
import { record } from './page/record.js';
import { rules } from './page/rules.js';
import { setUp } from './page/set-up.js';
import { setting } from './page/setting.js';
import { sheets } from './page/sheets.js';
import { system } from './page/system.js';

/** The page for browsers. */
export const page = {
  place: {
    live: 'Live',
    people: 'People',
    rules: 'Listening',
    lines: 'Lines',
    agreement: 'Agreement',
    record: 'Record',
    licence: 'Licence',
    system: 'System',
    own: 'My page',
  },
  agreement,
  form,
  handling,
  list,
  people,
  phones,
  rules,
  sheets,
  shell: {
    skip: 'Skip to the content',
    menu: 'Menu',
    language: 'Language',
    dark: 'Dark',
    signOut: 'Sign out',
    cancel: 'Cancel',
    nowhere: 'There is nothing here',
    toLive: 'Go to the running calls',
  },
  /** Said in place of what names commands. */
  problem: {
    backup: {
      notABackup:
        'This is not a backup of a box. Choose a file that “Make a backup” has saved here, or a daily one. Nothing has been changed.',
      restoreWaits:
        'A restore is already waiting for calls to end. To restore something else, call it off first, under “State”.',
    },
  },
  box: {
    unreachable: 'The box does not answer. Is it switched on, and are you on its network?',
    unexpected: ({ status }: { status: number }) =>
      `The box gave an answer that this page does not understand (${status}). Load the page again.`,
    pageFault: ({ reason }: { reason: string }) => `This page made a mistake (${reason}). Load it again.`,
    lost: 'The connection to the box is lost. What you see may be out of date. Trying again …',
    placeMissing: 'Not loaded',
    notFetched:
      'This part of the page could not be fetched from the box. Check that the box can be reached, then try again.',
    tryAgain: 'Try again',
  },
  way: {
    about: 'The telephone system of your office, and who listens to its calls.',
    because: {
      ended: 'Your session has ended. Sign in again.',
      passwordChanged: 'The password is changed. Sign in with the new one.',
    },
    demo: {
      about:
        'This is a demonstration of a telephone system in which a moderator joins running calls: two built-in phones talk to each other.',
      hear: 'Three ways to hear it',
      panel: 'At the front panel',
      panelAbout: 'Lift the handset there, key the printed PIN and #, then # once more. Your computer is the handset.',
      page: 'Here on the page',
      pageAbout:
        'Sign in below as the moderator, as the start of Modcall has printed: Live shows the call, and lets you join it.',
      phone: 'With your own phone',
      phoneAbout:
        'Register any SIP phone as 100 with the printed password, dial *55, key the PIN and #, then # once more.',
    },
    signIn: 'Sign in',
    name: 'Name',
    password: 'Password',
    code: 'Code of the authenticator app',
    codeHint: 'Or one of your recovery codes.',
    toClaim: 'I have a one-time code',
    toSignIn: 'I have a name and a password',
    claim: 'Set up the first admin',
    nameHint: 'You sign in with it.',
    claimAbout:
      'The one-time code stands in the terminal or log where Modcall was started. While nobody can sign in, each start makes a new one: the last one counts. Where Modcall runs as a service, the command journalctl -u modcall shows it. Whoever lifts the handset at the box hears it. After the button of the box was held for ten seconds, there is a new one in the log.',
    oneTimeCode: 'One-time code',
    newPassword: 'New password',
    newPasswordHint: 'At least 10 characters. A few words in a row are easy to keep and hard to guess.',
    becomeAdmin: 'Become admin',
  },
  live: {
    loading: 'Asking the box …',
    standsStill: 'Without a connection to the box: the durations stand still.',
    warnings: 'Needs attention',
    settingsAre: {
      lastGood: 'The settings could not be used. The box works with the last good ones, and monitoring is closed.',
      salvaged: 'The settings could not be used. The box works with what was left of them, and monitoring is closed.',
    },
    clockIs: {
      behind: 'The clock of the box is behind.',
      notSet: 'The clock of the box is not set.',
    },
    closure: {
      recordUnavailable: 'Nobody can listen: the audit record cannot be written.',
      settingsLost: 'Nobody can listen: the settings of the box cannot be used.',
      agreementLost: 'Nobody can listen: the works agreement is not as the box left it.',
      endedByButton: 'Nobody can listen: the button of the box was pressed.',
      licenceMissing: 'Nobody can listen: there is no licence.',
      licenceInvalid: 'Nobody can listen: the licence is not valid here.',
      licenceExpired: 'Nobody can listen: the licence has expired.',
      licenceTier: 'Nobody can listen: the licence covers too few extensions.',
      licenceClock: 'Nobody can listen: the clock of the box is not right.',
      licenceUnread: 'Nobody can listen yet: the box cannot check the licence yet, since its disk is slow.',
    },
    private: ({ minutes }: { minutes: number }) => `Private for another ${minutes} min.`,
    talking: 'Talking',
    call: 'Call',
    calls: 'calls',
    listening: 'Listening',
    askingNow: ({ count }: { count: number }) => (count === 1 ? '1 asks' : `${count} ask`),
    phones: 'Phones',
    phonesAre: 'SIP and analog',
    trunks: 'Trunks',
    trunksDown: ({ count }: { count: number }) => `${count} down`,
    licence: 'Licence',
    licensed: 'valid',
    notLicensed: 'none',
    licensedUntil: ({ day }: { day: string }) => `until ${day}`,
    simulatedBoard: 'simulated board',
    lamps: 'Lamps',
    monitorLamp: 'Monitor',
    statusLamp: 'Status',
    lampIs: {
      dark: 'dark',
      steady: 'lit',
      slowBlink: 'blinks slowly',
      fastBlink: 'blinks fast',
      doubleBlink: 'blinks twice, again and again',
    },
    runningCalls: ({ count }: { count: number }) => (count === 0 ? 'Running calls' : `Running calls: ${count}`),
    noCalls: 'Nobody is talking at the moment.',
    noCallsToSee: 'There is no call at the moment that you may see.',
    from: 'From',
    to: 'To',
    state: 'State',
    duration: 'Duration',
    actions: 'Actions',
    stateIs: { ringing: 'ringing', transferring: 'being transferred', talking: 'talking', parked: 'parked' },
    held: 'on hold',
    emergency: 'emergency',
    encrypted: 'encrypted',
    unknown: 'unknown',
    by: ({ trunk }: { trunk: string }) => `over ${trunk}`,
    endCall: 'End the call',
    endCallOf: ({ from, to }: { from: string; to: string }) => `End the call from ${from} to ${to}`,
    endCallAbout: 'Both are hung up on at once. The audit record says that you did it.',
    note: 'Why',
    noteHint: 'For the audit record; may stay empty.',
    callEnded: 'The call is ended.',
    beginning: 'begins',
    mode: { listen: 'listens', whisper: 'whispers', barge: 'barged in' },
    listensTo: ({ moderator, member }: { moderator: string; member: string }) => `${moderator} listens to ${member}.`,
    follows: 'Follows to the next call.',
    asking: 'asks to be let in',
    asksToListen: ({ moderator, member }: { moderator: string; member: string }) =>
      `${moderator} asks to be let into a call of ${member}, and hears nothing of it before.`,
    waitsFor: ({ moderator, member }: { moderator: string; member: string }) =>
      `${moderator} waits for the next call of ${member}.`,
    moderators: 'Moderators',
    notice: {
      none: 'none',
      toneAtStart: 'a tone at the start',
      announcement: 'an announcement',
    },
    toneEvery: ({ seconds }: { seconds: string }) => `a tone every ${seconds} s`,
    noticeToBoth: ({ notice }: { notice: string }) => `Notice to both: ${notice}.`,
    noticeToEach: ({ member, other }: { member: string; other: string }) =>
      `Notice to the member: ${member}; to the other party: ${other}.`,
    bothTold: 'Both have heard it.',
    memberTold: 'The member has heard it.',
    otherTold: 'The other party has heard it.',
    endListeningOf: ({ moderator, member }: { moderator: string; member: string }) =>
      `End listening: ${moderator} to ${member}`,
    listeningEnded: 'The listening is ended.',
    ownCall: 'Listening to my call',
    ownCallAbout:
      'You can end all listening to your own call at any time, also without knowing whether there is any. The call goes on.',
    endOwn: 'End all listening to my call',
    ownEnded: 'You have ended all listening to your call.',
    lastCalls: 'Last calls',
    noLastCalls: 'None in the last twelve hours.',
    ended: 'Ended',
    answeredBy: ({ number }: { number: string }) => `answered by ${number}`,
    talked: 'Talked',
    cause: {
      normal: 'not answered',
      cancelled: 'caller hung up',
      answeredElsewhere: 'answered elsewhere',
      busy: 'busy',
      declined: 'declined',
      noAnswer: 'no answer',
      unavailable: 'not reachable',
      notFound: 'no such number',
      forbidden: 'not allowed',
      incomplete: 'number incomplete',
      notAcceptable: 'no common codec',
      congestion: 'overloaded',
      peerSilent: 'the phone fell silent',
      failure: 'failed',
      boxStopped: 'the box stopped or lost power',
    },
    registeredPhones: ({ count }: { count: number }) => `Registered SIP phones: ${count}`,
    extension: 'Extension',
    phone: 'Phone',
    address: 'Address',
    since: 'Since',
    silent: 'does not respond',
    allLines: ({ count }: { count: number }) => `Lines: ${count}`,
    line: 'Line',
    kind: 'Kind',
    lineKind: {
      registering: 'trunk, registers',
      address: 'trunk by address',
      analog: 'exchange line',
      telephone: 'analog telephone',
    },
    up: 'up',
    down: 'down',
    downSince: ({ moment }: { moment: string }) => `since ${moment}`,
  },
  licence,
  record,
  setUp,
  setting,
  system,
  lines,
  own,
  listening,
} satisfies Tree;
