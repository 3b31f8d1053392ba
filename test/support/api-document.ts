import { Ajv2020 } from 'ajv/dist/2020.js';

interface Declared {
  readonly content?: Readonly<Record<string, { readonly schema: { readonly format?: string } }>>;
}

/** The document of the API, as a running box gives it. */
export class ApiDocument {
  // What a text looks like, such as a time, stands in its pattern.
  readonly #ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: false });

  constructor(
    private readonly document: {
      readonly paths: Readonly<
        Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, Declared>> }>>>
      >;
    },
  ) {
    this.#ajv.addSchema(document, 'api');
  }

  /** What is wrong with an answer by what is declared; undefined where it is as that says. */
  faultOf(
    { path, method }: { readonly path: string; readonly method: string },
    { status, body }: { readonly status: number; readonly body: unknown },
  ): string | undefined {
    const place = ['paths', path, method.toLowerCase(), 'responses', String(status)];
    const declared = this.document.paths[path]?.[method.toLowerCase()]?.responses[status];
    if (!declared) return `nothing is declared as ${place.join(' ')}`;
    const [content] = Object.entries(declared.content ?? {});
    if (!content) return body === '' ? undefined : 'no body is declared';
    const [type, { schema }] = content;
    // A file: its bytes are what they are.
    if (schema.format === 'binary') return undefined;
    const pointer = [...place, 'content', type, 'schema'].map((step) =>
      step.replaceAll('~', '~0').replaceAll('/', '~1'),
    );
    const check = this.#ajv.compile({ $ref: `api#/${pointer.map(encodeURIComponent).join('/')}` });
    return check(body) ? undefined : this.#ajv.errorsText(check.errors);
  }
}
