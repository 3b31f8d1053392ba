import { expect, it } from 'vitest';
import { dialogInfo, versions } from '../../../src/engine/pjsua/dialog-info.js';

const of = (lamp: Parameters<typeof dialogInfo>[1], version = 0) => dialogInfo('sip:101@office', lamp, version);

it('tells a watcher all of the state, in the form of RFC 4235', () => {
  expect(of('idle')).toMatch(/^<\?xml version="1\.0"\?>\n<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" /);
  expect(of('idle')).toContain('version="0" state="full" entity="sip:101@office"');
  expect(of('idle')).not.toContain('<dialog ');
  expect(of('ringing')).toContain('direction="recipient"><state>early</state>');
  expect(of('talking')).toContain('<state>confirmed</state></dialog>');
  expect(of('held')).toContain('<state>confirmed</state><local>');
  expect(of('held')).toContain('<param pname="+sip.rendering" pvalue="no"/>');
});

it('counts the documents of a subscription in 32 bits', () => {
  expect(of('idle', versions - 1)).toContain('version="4294967295"');
  expect(of('idle', versions)).toContain('version="0"');
});
