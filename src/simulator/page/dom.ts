/** The element that the page's markup has under the selector. */
export function find<E extends Element>(root: ParentNode, selector: string, type: new () => E): E {
  const element = root.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`The page has no ${selector}.`);
  return element;
}

/** A copy of the first element in the template. */
export function copyOf(templateId: string): HTMLElement {
  const template = find(document, `template#${templateId}`, HTMLTemplateElement);
  const element = document.importNode(template.content, true).firstElementChild;
  if (!(element instanceof HTMLElement)) throw new Error(`The template ${templateId} is empty.`);
  return element;
}
