import { Announcer } from './announcer.js';
import { Box } from './box.js';
import { Connection } from './connection.js';
import { Desk } from './desk.js';
import { find } from './dom.js';
import { Keyboard } from './keyboard.js';
import { Speech } from './language.js';
import { levelOf } from './level.js';
import { showLooks } from './looks.js';
import type { BoardState, PageAction, PortState } from './messages.js';
import { Sound } from './sound.js';

const speech = new Speech();
const announcer = new Announcer(find(document, '#announcer', HTMLElement));
const notice = find(document, '#notice', HTMLElement);
const soundButton = find(document, '#sound', HTMLButtonElement);
const soundText = find(document, '#sound-text', HTMLElement);
const jacks = find(document, '#jacks', HTMLElement);

let board: BoardState | undefined;
let ear: string | null = null;
let isLost = false;

const act = (action: PageAction) => {
  // Whoever takes something to the ear wants to hear it, and browsers demand a touch before they play anything.
  if (action.do === 'listenAt' && action.port !== null) void sound.turnOn();
  connection.act(action);
};
const desk = new Desk(find(document, '#desk', HTMLElement), speech, announcer, act);
const box = new Box(document, speech, announcer, (isPressed) =>
  act({ do: isPressed ? 'pressButton' : 'releaseButton' }),
);

const sound = new Sound((frame) => {
  desk.atEar?.device.spoken.show(levelOf(frame));
  connection.speak(frame);
}, showSound);

const connection = new Connection({
  onMessage: (message) => {
    isLost = false;
    if (message.type === 'board') board = message.board;
    else ear = message.port;
    show();
  },
  onSound: (frame) => {
    desk.atEar?.device.heard.show(levelOf(frame));
    sound.play(frame);
  },
  onLost: () => {
    isLost = true;
    ear = null;
    show();
  },
});

new Keyboard(desk, act);
soundButton.addEventListener('click', () => void (sound.state.state === 'on' ? sound.turnOff() : sound.turnOn()));
showLooks(find(document, '#looks', HTMLElement));
speech.onChange(showLanguage);

function showLanguage(): void {
  document.title = `Modcall · ${speech.text('frontPanel.title')}`;
  announcer.forget();
  speech.fillIn(document);
  show();
}

function show(): void {
  if (board) {
    box.show(board);
    desk.show(board);
    showJacks(board.ports);
    sound.ring(board.ports.some(({ kind, line }) => kind === 'fxs' && line.state === 'ringing' && line.isBellOn));
  }
  desk.setEar(ear);
  sound.talk(board?.ports.some((port) => port.name === ear && isConnected(port)) ?? false);
  document.body.classList.toggle('is-lost', isLost);
  showSound();
}

/** Whether the line is off hook, so that something said is heard at its other end. */
function isConnected({ line }: PortState): boolean {
  return line.state === 'offHook' || line.state === 'seized';
}

/** The box's sockets that the cables of the devices lead to. */
function showJacks(ports: readonly PortState[]): void {
  if (jacks.childElementCount === ports.length) return;
  jacks.replaceChildren(
    ...ports.map(({ name }) => {
      const jack = document.createElement('li');
      jack.textContent = name;
      return jack;
    }),
  );
}

function showSound(): void {
  const isOn = sound.state.state === 'on';
  soundButton.setAttribute('aria-pressed', String(isOn));
  soundText.textContent = speech.text(isOn ? 'frontPanel.soundOn' : 'frontPanel.soundOff');
  const text = trouble();
  notice.hidden = text === undefined;
  if (notice.textContent !== (text ?? '')) notice.textContent = text ?? '';
}

/** What the person has to know; undefined if all is well. */
function trouble(): string | undefined {
  const { state } = sound;
  if (isLost) return speech.text('frontPanel.boardLost');
  if (state.state === 'impossible') return speech.text('frontPanel.noSound');
  if (state.state !== 'on' || state.microphone === 'open' || state.microphone === 'asking') return undefined;
  return speech.text(`frontPanel.microphoneIs.${state.microphone}`);
}
