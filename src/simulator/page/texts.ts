/** Everything the page says. */
export interface Texts {
  readonly frontPanel: string;
  readonly language: string;
  readonly box: string;
  readonly monitorLamp: string;
  readonly statusLamp: string;
  readonly lampIs: { readonly [Look in LampLook]: string };
  readonly button: string;
  readonly shortPress: string;
  readonly threeSeconds: string;
  readonly tenSeconds: string;
  heldFor(seconds: string): string;
  readonly keypad: string;
  readonly flash: string;
  readonly atMyEar: string;
  readonly earpiece: string;
  readonly microphone: string;
  readonly earpieceLevel: string;
  readonly microphoneLevel: string;
  readonly callerNumber: string;
  readonly callerName: string;
  readonly letItRing: string;
  readonly stopRinging: string;
  readonly farEndHangsUp: string;
  readonly lift: string;
  readonly hangUp: string;
  readonly onHook: string;
  readonly ringing: string;
  readonly offHook: string;
  readonly seized: string;
  readonly unknownCaller: string;
  portName(name: string, kind: 'fxs' | 'fxo'): string;
  readonly keysHelp: string;
  readonly spaceKey: string;
  readonly spaceHelp: string;
  readonly flashHelp: string;
  readonly soundOn: string;
  readonly soundOff: string;
  readonly boardLost: string;
  readonly noSound: string;
  readonly microphoneIs: { readonly [Trouble in MicrophoneTrouble]: string };
}

/** How a lamp looks over some time. */
export type LampLook = 'dark' | 'lit' | 'slowBlink' | 'fastBlink' | 'doubleBlink';

/** Why nobody hears the person at the page. */
export type MicrophoneTrouble = 'denied' | 'missing' | 'failed';

export type Language = 'de' | 'en';

export const texts: Readonly<Record<Language, Texts>> = {
  en: {
    frontPanel: 'front panel',
    language: 'Language',
    box: 'The box',
    monitorLamp: 'Monitor',
    statusLamp: 'Status',
    lampIs: {
      dark: 'dark',
      lit: 'lit',
      slowBlink: 'blinks slowly',
      fastBlink: 'blinks fast',
      doubleBlink: 'blinks twice and again',
    },
    button: 'Privacy',
    shortPress: 'Press: end all listening',
    threeSeconds: '3 s: report state',
    tenSeconds: '10 s: reset admin password',
    heldFor: (seconds) => `${seconds} s`,
    keypad: 'Keypad',
    flash: 'Flash',
    atMyEar: 'At my ear',
    earpiece: 'You hear',
    microphone: 'You speak',
    earpieceLevel: 'Level of the earpiece',
    microphoneLevel: 'Level of the microphone',
    callerNumber: 'Caller’s number',
    callerName: 'Caller’s name',
    letItRing: 'Let it ring',
    stopRinging: 'Stop ringing',
    farEndHangsUp: 'Far end hangs up',
    lift: 'Lift',
    hangUp: 'Hang up',
    onHook: 'On hook',
    ringing: 'Ringing',
    offHook: 'Off hook',
    seized: 'Seized by the box',
    unknownCaller: 'Unknown caller',
    portName: (name, kind) =>
      name === 'handset' ? 'Moderator’s handset' : `${kind === 'fxs' ? 'Telephone' : 'Exchange'} · ${name}`,
    keysHelp: 'keypad',
    spaceKey: 'Space',
    spaceHelp: 'lift, hang up',
    flashHelp: 'flash',
    soundOn: 'Sound on',
    soundOff: 'Sound off',
    boardLost: 'The simulated board does not answer. Is Modcall still running? Trying again …',
    noSound:
      'This browser gives no sound here. Open the page under http://localhost or http://127.0.0.1; everything else works.',
    microphoneIs: {
      denied: 'No microphone: this page may not use it. You hear and key as usual, but nobody hears you.',
      missing: 'No microphone was found. You hear and key as usual, but nobody hears you.',
      failed: 'The microphone does not work. You hear and key as usual, but nobody hears you.',
    },
  },
  de: {
    frontPanel: 'Frontplatte',
    language: 'Sprache',
    box: 'Das Gerät',
    monitorLamp: 'Mithören',
    statusLamp: 'Status',
    lampIs: {
      dark: 'dunkel',
      lit: 'leuchtet',
      slowBlink: 'blinkt langsam',
      fastBlink: 'blinkt schnell',
      doubleBlink: 'blinkt doppelt',
    },
    button: 'Privat',
    shortPress: 'Kurz: Mithören beenden',
    threeSeconds: '3 s: Zustand melden',
    tenSeconds: '10 s: Admin-Passwort zurücksetzen',
    heldFor: (seconds) => `${seconds} s`,
    keypad: 'Tastenfeld',
    flash: 'Flash',
    atMyEar: 'An meinem Ohr',
    earpiece: 'Sie hören',
    microphone: 'Sie sprechen',
    earpieceLevel: 'Pegel der Hörkapsel',
    microphoneLevel: 'Pegel des Mikrofons',
    callerNumber: 'Nummer des Anrufers',
    callerName: 'Name des Anrufers',
    letItRing: 'Klingeln lassen',
    stopRinging: 'Klingeln beenden',
    farEndHangsUp: 'Gegenseite legt auf',
    lift: 'Abheben',
    hangUp: 'Auflegen',
    onHook: 'Aufgelegt',
    ringing: 'Klingelt',
    offHook: 'Abgehoben',
    seized: 'Vom Gerät belegt',
    unknownCaller: 'Unbekannter Anrufer',
    portName: (name, kind) =>
      name === 'handset' ? 'Hörer des Moderators' : `${kind === 'fxs' ? 'Telefon' : 'Amtsleitung'} · ${name}`,
    keysHelp: 'Tastenfeld',
    spaceKey: 'Leertaste',
    spaceHelp: 'abheben, auflegen',
    flashHelp: 'Flash',
    soundOn: 'Ton an',
    soundOff: 'Ton aus',
    boardLost: 'Das simulierte Board antwortet nicht. Läuft Modcall noch? Neuer Versuch …',
    noSound:
      'Dieser Browser gibt hier keinen Ton aus. Öffnen Sie die Seite unter http://localhost oder http://127.0.0.1; alles andere geht.',
    microphoneIs: {
      denied:
        'Kein Mikrofon: Diese Seite darf es nicht benutzen. Sie hören und tasten wie gewohnt, aber niemand hört Sie.',
      missing: 'Kein Mikrofon gefunden. Sie hören und tasten wie gewohnt, aber niemand hört Sie.',
      failed: 'Das Mikrofon funktioniert nicht. Sie hören und tasten wie gewohnt, aber niemand hört Sie.',
    },
  },
};
