import { say } from '../texts.js';

/** For a newcomer at the demonstration: what this is, and how to hear it. */
export function ThreeWays({ frontPanel }: { readonly frontPanel: string | null }) {
  return (
    <section aria-labelledby="ways">
      <p class="notice">{say('way.demo.about')}</p>
      <h2 id="ways">{say('way.demo.hear')}</h2>
      <ul class="ways">
        {frontPanel && (
          <li class="card">
            <h3>
              <a href={frontPanel}>{say('way.demo.panel')}</a>
            </h3>
            <p>{say('way.demo.panelAbout')}</p>
          </li>
        )}
        <li class="card">
          <h3>{say('way.demo.page')}</h3>
          <p>{say('way.demo.pageAbout')}</p>
        </li>
        <li class="card">
          <h3>{say('way.demo.phone')}</h3>
          <p>{say('way.demo.phoneAbout')}</p>
        </li>
      </ul>
    </section>
  );
}
