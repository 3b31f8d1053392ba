import { describe, expect, test } from 'vitest';
import { page as german } from '../../../src/locales/de/page.js';
import { page as english } from '../../../src/locales/en/page.js';

describe.each([
  ['en', english],
  ['de', german],
])('the page in %s', (_language, page) => {
  test.each(['de', 'gb', 'us'] as const)('calls the country %s by one name everywhere', (country) => {
    const name = page.setting.value.country[country];
    expect(page.lines.countryIs[country]).toBe(name);
    expect(page.setUp.countryIs[country]).toMatch(new RegExp(`^${name} \\(`));
  });

  test('asks for the notice of a profile as a form does, not as a file is written', () => {
    expect(page.form.remedy.notice).not.toMatch(/[{"]/);
  });
});
