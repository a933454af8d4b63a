import { maskNumber, maskText } from '../core/phone.ts';

/** More of a path is not shown. */
const LONGEST = 200;

/** The path of a request as a log may have it: without its query, and numbers in it masked however they are spelled. */
export function shownPath(url: string): string {
  const end = url.search(/[?#]/);
  return (end < 0 ? url : url.slice(0, end)).slice(0, LONGEST).split('/').map(shownPart).join('/');
}

function shownPart(part: string): string {
  const [, name = '', suffix = ''] = /^(.*?)(\.json)?$/i.exec(unescaped(part)) ?? [];
  const isNumber = /^[\d\s().+-]+$/.test(name) && name.replace(/\D/g, '').length > 5;
  return isNumber ? `${maskNumber(name.replace(/\D/g, ''))}${suffix}` : maskText(part);
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
