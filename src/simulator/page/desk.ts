import type { Announcer } from './announcer.js';
import { ExchangeView } from './exchange.js';
import type { Speech } from './language.js';
import type { BoardState, Key, PageAction, PortLabel, PortState } from './messages.js';
import { Telephone } from './telephone.js';

/** What is on the desk: a device for every port of the box. */
export class Desk {
  readonly #element: HTMLElement;
  readonly #speech: Speech;
  readonly #announcer: Announcer;
  readonly #act: (action: PageAction) => void;
  readonly #devices = new Map<string, Telephone | ExchangeView>();
  #ear: string | null = null;

  constructor(element: HTMLElement, speech: Speech, announcer: Announcer, act: (action: PageAction) => void) {
    this.#element = element;
    this.#speech = speech;
    this.#announcer = announcer;
    this.#act = act;
  }

  show({ ports, labels }: Pick<BoardState, 'ports' | 'labels'>): void {
    for (const port of ports) {
      const device = this.#devices.get(port.name) ?? this.#putUp(port);
      if (device instanceof Telephone && port.kind === 'fxs') device.show(port.line);
      if (device instanceof ExchangeView && port.kind === 'fxo') device.show(port.line);
      const title = this.#nameOf(port, labels[port.name]);
      device.device.name(title);
      const { state, detail } = device.words;
      this.#announcer.announce(title, detail === '' ? state : `${state}, ${detail}`);
    }
  }

  /** The device with the name is at this page's ear; null for none. */
  setEar(name: string | null): void {
    this.#ear = name;
    for (const [each, { device }] of this.#devices) device.hasEar(each === name);
  }

  /** The device at the ear. */
  get atEar(): Telephone | ExchangeView | undefined {
    return this.#ear === null ? undefined : this.#devices.get(this.#ear);
  }

  /** The telephone that the keyboard works on: where the focus is, else the one at the ear, else the first. */
  get telephoneAtHand(): { readonly port: string; readonly telephone: Telephone } | undefined {
    const telephones = [...this.#devices].flatMap(([port, telephone]) =>
      telephone instanceof Telephone ? [{ port, telephone }] : [],
    );
    const focused = telephones.find(({ telephone }) => telephone.device.element.contains(document.activeElement));
    return focused ?? telephones.find(({ port }) => port === this.#ear) ?? telephones[0];
  }

  #nameOf({ name: port, kind }: PortState, label: PortLabel | undefined): string {
    if (label) return this.#speech.text(kind === 'fxs' ? 'frontPanel.telephone' : 'frontPanel.exchange', label);
    return this.#speech.text(kind === 'fxs' ? 'frontPanel.telephoneAt' : 'frontPanel.exchangeAt', { port });
  }

  #putUp({ name, kind }: PortState): Telephone | ExchangeView {
    const listen = (isWanted: boolean) => this.#act({ do: 'listenAt', port: isWanted ? name : null });
    const device = kind === 'fxs' ? this.#telephone(name, listen) : this.#exchange(name, listen);
    device.device.element.dataset.port = name;
    this.#speech.fillIn(device.device.element);
    this.#element.append(device.device.element);
    this.#devices.set(name, device);
    return device;
  }

  #telephone(port: string, listen: (isWanted: boolean) => void): Telephone {
    return new Telephone(this.#speech, {
      lift: () => {
        this.#act({ do: 'lift', port });
        listen(true);
      },
      hangUp: () => this.#act({ do: 'hangUp', port }),
      flash: () => this.#act({ do: 'flash', port }),
      hold: (key: Key) => this.#act({ do: 'hold', port, key }),
      release: (key: Key) => this.#act({ do: 'release', port, key }),
      listen,
    });
  }

  #exchange(port: string, listen: (isWanted: boolean) => void): ExchangeView {
    return new ExchangeView(this.#speech, {
      ring: (caller) => {
        this.#act({ do: 'ring', port, caller });
        listen(true);
      },
      stopRinging: () => this.#act({ do: 'stopRinging', port }),
      hangUpFarEnd: () => this.#act({ do: 'hangUpFarEnd', port }),
      listen,
    });
  }
}
