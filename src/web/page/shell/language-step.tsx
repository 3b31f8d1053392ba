import { languages } from '../../../primitives/language.js';
import { Heading } from '../kit/heading.js';
import { say } from '../texts.js';
import { chooseLanguage, languageNames } from './languages.js';

/** The first step of a new box: each language in its own words. */
export function LanguageStep({ onDone }: { readonly onDone: () => void }) {
  return (
    <section class="card hear">
      <Heading>{say('setUp.chooseLanguage')}</Heading>
      <p>{say('setUp.chooseLanguageAbout')}</p>
      <div class="language-choice">
        {languages.map((each) => (
          <button
            key={each}
            type="button"
            lang={each}
            onClick={() => {
              chooseLanguage(each);
              onDone();
            }}
          >
            {languageNames[each]}
          </button>
        ))}
      </div>
    </section>
  );
}
