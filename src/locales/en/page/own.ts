import type { Tree } from '../../tree.js';
import { access } from '../access.js';

/** The place My page. */
export const own = {
  name: 'Name',
  roles: 'Roles',
  roleIs: { admin: 'admin', moderator: 'moderator', member: 'member', council: 'works council', read: 'read only' },
  extension: 'Extension',
  record: 'Who listened to my calls',
  recordAbout:
    'Which calls of your extension somebody listened to, from the audit record, no later than a minute after that was over. If somebody else had the extension before you, their calls are here, too.',
  recordEmpty: 'Nobody has listened to a call of yours.',
  when: 'When',
  moderator: 'Who',
  modes: 'How',
  howLong: 'How long',
  purpose: 'What for',
  wished: { member: 'Help that you asked for', other: 'Help that the other party asked for' },
  notice: 'Notice to you',
  notHeard: '(not heard: neither were you)',
  ended: 'Why it ended',
  earlier: 'Earlier',
  password: 'Password',
  nameUnusable: access.nameUnusable,
  passwordFault: access.password,
  present: 'Current password',
  change: 'Change the password',
  secondFactor: 'Second factor',
  secondFactorAbout:
    'With an authenticator app, nobody gets in who knows only your password. If you have one already, the new one takes its place.',
  isSetUp: ({ left }: { left: number }) =>
    `It is set up: signing in asks for a code. ${left === 1 ? 'One recovery code is' : `${left} recovery codes are`} left.`,
  isNotSetUp: 'It is not set up: your password alone lets in.',
  begin: 'Set up the app',
  toApp:
    'Scan the picture with your app, or give it the secret below, then type the code that it shows. On a telephone, tap the secret.',
  qrCode: 'The secret as a QR code',
  confirm: 'Confirm',
  recoveryAbout:
    'It is set up. Keep these recovery codes: each lets you in once without the app. They are shown only now.',
  remove: 'Remove the second factor',
  removeAbout: 'After that, whoever knows your password comes in. The recovery codes no longer work.',
  removed: 'The second factor is removed.',
} satisfies Tree;
