import type { Page } from 'playwright-core';

/** As of a telephone held upright. */
export const telephoneScreen = { width: 390, height: 844 };

/** What is cut off or too small for a finger in what the page shows now; a link within a sentence is as high as that. */
export const awkward = (of: Page): Promise<string[]> =>
  of.evaluate(() => {
    const [fingertip, rounding] = [40, 1];
    const shown = document.querySelector('dialog[open]') ?? document.body;
    const named = (element: Element) =>
      `${element.tagName} ${element.textContent || element.getAttribute('aria-label')}`;
    const isWider = (element: Element) => element.scrollWidth > element.clientWidth + rounding;
    const isCut = (element: Element) => {
      const { left, right } = element.getBoundingClientRect();
      return left < -rounding || right > innerWidth + rounding;
    };
    const touched = [...shown.querySelectorAll('button, a, summary, select, textarea, input:not(:is(label, .check) *)')]
      .concat([...shown.querySelectorAll('.pick, .check')])
      .filter((element) => element.checkVisibility() && !element.matches('.skip, :is(p, dd) a:not(.button)'));
    const isSmall = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return Math.round(width) < fingertip || Math.round(height) < fingertip;
    };
    const measured = (select: HTMLSelectElement, option: HTMLOptionElement, style: string) => {
      const probe = select.cloneNode(false) as HTMLSelectElement;
      probe.append(option.cloneNode(true));
      probe.style.cssText = `position: absolute; max-width: none; ${style}`;
      select.after(probe);
      const { width, height } = probe.getBoundingClientRect();
      probe.remove();
      return { width, height };
    };
    const isShortened = (select: HTMLSelectElement) => {
      const { width } = select.getBoundingClientRect();
      return [...select.options].some((option) => {
        const line = measured(select, option, 'width: max-content; white-space: nowrap');
        return line.width > width + rounding && measured(select, option, `width: ${width}px`).height <= line.height;
      });
    };
    const isRowOfItsOwn = (head: Element) =>
      head.getBoundingClientRect().top >
      (head.parentElement?.firstElementChild?.getBoundingClientRect().top ?? 0) + rounding;
    return [
      ...[...shown.querySelectorAll('th:has(> .unseen:only-child)')]
        .filter(isRowOfItsOwn)
        .map((head) => `empty row above: ${head.closest('table')?.className}`),
      ...[document.documentElement, ...shown.querySelectorAll('dialog, .table, .card, fieldset, td')]
        .filter(isWider)
        .map((element) => `wider than its place: ${named(element)}`),
      ...touched.filter(isCut).map((element) => `cut off: ${named(element)}`),
      ...[...shown.querySelectorAll('select')]
        .filter((select) => select.checkVisibility() && isShortened(select))
        .map((select) => `shortened: ${select.name || select.getAttribute('aria-label')}`),
      ...touched.filter(isSmall).map((element) => `too small: ${named(element)}`),
    ];
  });
