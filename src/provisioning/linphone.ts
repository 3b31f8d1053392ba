import { type Phone, type PhoneLine, type PhoneOffice, wayOf } from './phone.js';
import { plainText } from './plain-text.js';
import { element, type Markup, xmlDocument } from './xml.js';

/** What the configuration says goes before what was in the app. */
const overwrite = { overwrite: 'true' };

/**
 * Configuration of Linphone, fetched by its "remote configuration" (wiki.linphone.org: Remote Provisioning; the keys are those of
 * "Provisioning configuration keys" in the documentation of liblinphone).
 */
export function linphone({ lines }: Phone, office: PhoneOffice): string {
  const sections = [
    section('sip', { default_proxy: '0', use_rfc2833: '1', use_info: '0', ...encryptionOf(lines, office) }),
    ...lines.flatMap((line, index) => account(line, index, office)),
  ];
  return xmlDocument(element('config', { xmlns: 'http://www.linphone.org/xsds/lpconfig.xsd' }, sections));
}

const section = (name: string, entries: Readonly<Record<string, string>>): Markup =>
  element(
    'section',
    { name },
    Object.entries(entries).map(([key, value]) => element('entry', { name: key, ...overwrite }, value)),
  );

/** It has one setting for all its accounts: the strictest counts. */
function encryptionOf(lines: Phone['lines'], office: PhoneOffice) {
  const wanted = lines.map((line) => wayOf(line, office).encryption);
  return {
    media_encryption: wanted.some((each) => each !== 'off') ? 'srtp' : 'none',
    media_encryption_mandatory: wanted.includes('required') ? '1' : '0',
  };
}

function account(line: PhoneLine, index: number, office: PhoneOffice): readonly Markup[] {
  const { number, name, password } = line;
  const { host, realm } = office;
  const { port, transport } = wayOf(line, office);
  const shown = plainText(name).replace(/["\\]/g, '\\$&');
  return [
    section(`auth_info_${index}`, { username: number, userid: number, passwd: password, realm, domain: host }),
    section(`proxy_${index}`, {
      reg_proxy: `<sip:${host}:${port};transport=${transport}>`,
      reg_route: `<sip:${host}:${port};transport=${transport};lr>`,
      reg_identity: `"${shown}" <sip:${number}@${host}>`,
      reg_sendregister: '1',
      realm,
    }),
  ];
}
