export type Param = readonly [name: string, value: string];

const decoded = (text: string): string => {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
};

/** The parameters of an address, decoded as far as they can be. */
export function paramsOf(url: string): readonly Param[] {
  const [, query = ''] = /\?([^#]*)/.exec(url) ?? [];
  return query
    .split('&')
    .filter(Boolean)
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? [decoded(pair), ''] : [decoded(pair.slice(0, at)), decoded(pair.slice(at + 1))];
    });
}

/** An address without its parameters. */
export const withoutQuery = (url: string): string => url.replace(/\?.*$/s, '');
