/**
 * The server lets style elements in under the nonce of the page alone. Widgets make such elements at run time, and not all
 * of them can be told a nonce; so each element a script of ours makes is given it where it is made. Style that somebody
 * smuggled into markup is made by no script, and stays out.
 */
export function giveStylesTheNonce(): void {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.nonce;
  // The development server has no such rule.
  if (!nonce) return;
  const make = document.createElement.bind(document);
  Object.defineProperty(document, 'createElement', {
    configurable: true,
    value: (name: string, options?: ElementCreationOptions): HTMLElement => {
      const element = make(name, options);
      if (element instanceof HTMLStyleElement) element.nonce = nonce;
      return element;
    },
  });
}
