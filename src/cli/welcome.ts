import type { DemoNotes, FirstSteps } from '../admin/settings.js';
import type { Language } from '../admin/speaking.js';
import { text } from '../locales/text.js';
import { httpUrl } from './http-url.js';

export interface ListeningAddress {
  readonly protocol: 'udp' | 'tcp' | 'tls';
  readonly address: string;
  readonly port: number;
}

export interface Welcome extends FirstSteps {
  readonly addresses: readonly ListeningAddress[];
  /** Where the front panel of the simulated board is; null where there is none. */
  readonly frontPanel: { readonly address: string; readonly port: number } | null;
  /** Address of the page for browsers; null where there is none. */
  readonly page: string | null;
  /** Why there is none where the settings want one; null where that is not so. */
  readonly pageTrouble: string | null;
  /** Lets whoever reads this become the first admin by the page, also one that can still be moved to a free port; null where there is one, or no page. */
  readonly oneTimeCode: string | null;
  readonly hardwareId: string | null;
  /** What is licensed, or why nothing is. */
  readonly licence: string;
  /** What is broken about the box, and what to do about it. */
  readonly troubles: readonly string[];
  /** Whether the two built-in phones talk to each other. */
  readonly demoCall: boolean;
}

/** What a newcomer reads after the start: where phones register, with what, and how to listen. */
export function welcome(language: Language, facts: Welcome): string {
  const paragraphs = [
    text(language, 'welcome.running'),
    pageParagraph(language, facts),
    frontPanelParagraph(language, facts),
    [text(language, 'welcome.addresses'), ...addressLines(facts.addresses)].join('\n'),
    facts.demo ? demoParagraphs(language, facts) : servicesOf(language, facts),
    [
      ...(facts.hardwareId === null ? [] : [text(language, 'welcome.hardwareId', { id: facts.hardwareId })]),
      facts.licence,
    ].join('\n'),
    facts.troubles.map((advice) => text(language, 'welcome.trouble', { advice })),
  ];
  return `\n${paragraphs.flat().join('\n\n')}\n`;
}

type PageFacts = Pick<Welcome, 'page' | 'pageTrouble' | 'oneTimeCode' | 'demo' | 'closedBy'>;

/** What a newcomer reads of the page alone. */
export function pageText(language: Language, facts: PageFacts): string {
  const howTo = facts.closedBy === null ? howToInBrowser(language, facts) : [];
  return `\n${[...pageParagraph(language, facts), ...howTo].join('\n\n')}\n`;
}

function pageParagraph(language: Language, { page, pageTrouble, oneTimeCode, demo }: PageFacts): string[] {
  if (page === null) return pageTrouble === null ? [] : [troubleLines(language, pageTrouble, oneTimeCode).join('\n')];
  const logins = demo?.logins ?? [];
  const lines = [
    text(language, 'welcome.page', { url: page }),
    ...(page.startsWith('https:') ? [text(language, 'welcome.ownCertificate')] : []),
    ...(oneTimeCode === null ? [] : [text(language, 'welcome.setUp', { code: oneTimeCode })]),
    ...(logins.length === 0 ? [] : [text(language, 'welcome.logins'), ...loginLines(language, logins)]),
  ];
  return [lines.join('\n')];
}

/** Why there is no page, and how there can be one. */
const troubleLines = (language: Language, advice: string, code: string | null): string[] => [
  text(language, 'welcome.trouble', { advice }),
  ...(code === null ? [] : [text(language, 'welcome.setUpLater', { code })]),
];

function loginLines(language: Language, logins: DemoNotes['logins']): string[] {
  const head = (['name', 'password', 'role'] as const).map((column) => text(language, `welcome.login.${column}`));
  const rows = logins.map(({ name, password, role }) => [name, password, text(language, `page.own.roleIs.${role}`)]);
  return inColumns([head, ...rows]).map((line) => `    ${line}`);
}

/** One line for each row, in which the cells of a column stand below each other. */
function inColumns(rows: readonly (readonly string[])[]): string[] {
  const widthOf = (column: number) => Math.max(...rows.map((row) => row[column]?.length ?? 0));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widthOf(column)))
      .join('  ')
      .trimEnd(),
  );
}

function frontPanelParagraph(language: Language, { frontPanel, demo, closedBy, analogPhones }: Welcome): string[] {
  if (!frontPanel) return [];
  const { address, port } = frontPanel;
  const phones = analogPhones.map((phone) => text(language, 'frontPanel.telephone', phone)).join(', ');
  return [
    [
      text(language, 'welcome.frontPanel', { url: httpUrl(address, port) }),
      ...(demo && closedBy === null ? [text(language, 'welcome.liftHandset', { pin: demo.pin })] : []),
      ...(phones === '' ? [] : [text(language, 'welcome.panelPhones', { phones })]),
    ].join('\n'),
  ];
}

/** One line for each socket address, with its transports. */
function addressLines(addresses: readonly ListeningAddress[]): string[] {
  const bySocket = new Map<string, string[]>();
  for (const { protocol, address, port } of addresses) {
    const socket = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
    bySocket.set(socket, [...(bySocket.get(socket) ?? []), protocol.toUpperCase()]);
  }
  return [...bySocket].map(([socket, protocols]) => `  ${socket}  (${protocols.join(', ')})`);
}

function demoParagraphs(language: Language, facts: Welcome): string[] {
  const { demo, extensions, services, demoCall, closedBy } = facts;
  if (!demo) return [];
  const known = extensions.filter(({ number }) => demo.passwords[number] !== undefined);
  const accounts = known.map(({ number, name }) => `  ${number}  ${demo.passwords[number]}  ${name}`);
  const service = services[0]?.number ?? '';
  const toRegister = [text(language, 'welcome.accounts'), ...accounts].join('\n');
  if (closedBy !== null) return [toRegister, text(language, `welcome.${closedBy}`)];
  return [
    ...howToInBrowser(language, facts),
    toRegister,
    text(language, 'welcome.howTo', { moderator: demo.moderator, service, pin: demo.pin, hasDemoCall: demoCall }),
    text(language, 'welcome.notice'),
  ];
}

/** The easiest way, where somebody can sign in for it. */
function howToInBrowser(language: Language, { page, demo }: PageFacts): string[] {
  const moderator = demo?.logins.find(({ role }) => role === 'moderator');
  if (page === null || !demo || !moderator) return [];
  return [text(language, 'welcome.howToInBrowser', { url: page, name: moderator.name, pin: demo.pin })];
}

function servicesOf(language: Language, { services, closedBy }: Welcome): string[] {
  if (closedBy !== null) return [text(language, `welcome.${closedBy}`)];
  if (services.length === 0) return [];
  return [
    [text(language, 'welcome.services'), ...services.map(({ number, name }) => `  ${number}  ${name}`)].join('\n'),
  ];
}
