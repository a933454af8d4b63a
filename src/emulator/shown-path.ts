import { maskNumber, maskText } from '../core/phone.ts';

/** More of a path is not shown. */
const LONGEST = 200;

/** The path of a request as a log may have it: without its query, and numbers in it masked however they are spelled. */
export function shownPath(url: string): string {
  const end = url.search(/[?#]/);
  const path = (end < 0 ? url : url.slice(0, end)).slice(0, LONGEST);
  return MAY_HOLD_NUMBER.test(path) ? path.split('/').map(shownPart).join('/') : path;
}

/** Six digits, or anything escaped: most paths have neither. */
const MAY_HOLD_NUMBER = /%|(?:\d\D*){6}/;

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
