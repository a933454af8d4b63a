import type { Format, Resource, ResourceValue } from './resource.ts';

export type Written = { contentType: string; body: string };

/** An answer as it goes over the wire. Bulk SMS answer with a bare list; all others with one resource. */
export function writeResource(resource: Resource | readonly Resource[], format: Format): Written {
  if (format === 'json') return { contentType: 'application/json', body: JSON.stringify(resource) };
  const inner = isList(resource) ? items(resource, '') : members(resource);
  const body = `<?xml version="1.0" encoding="UTF-8"?><TwilioResponse>${inner}</TwilioResponse>`;
  return { contentType: 'application/xml; charset=utf-8', body };
}

const isList = (value: Resource | readonly Resource[]): value is readonly Resource[] => Array.isArray(value);

function members(resource: Resource): string {
  let xml = '';
  for (const name of Object.keys(resource)) xml += element(name, resource[name] ?? null);
  return xml;
}

function element(name: string, value: ResourceValue): string {
  const tag = asName(name);
  const inner = content(name, value);
  return inner === '' ? `<${tag}/>` : `<${tag}>${inner}</${tag}>`;
}

function content(name: string, value: ResourceValue): string {
  if (value === null) return '';
  if (typeof value !== 'object') return escaped(String(value));
  return isList(value) ? items(value, name) : members(value);
}

/** `[{ Leg: … }]` names its elements itself; those of a plain list are named after it: `Calls` has `Call`s. */
function items(list: readonly Resource[], name: string): string {
  const single = name.replace(/s$/, '') || 'Item';
  return list.map((item) => (isNamed(item) ? members(item) : element(single, item))).join('');
}

function isNamed(item: Resource): boolean {
  const [only, ...others] = Object.values(item);
  return typeof only === 'object' && only !== null && others.length === 0;
}

const asName = (name: string): string => (/^[A-Za-z_][\w.-]*$/.test(name) ? name : `_${name.replace(/[^\w.-]/g, '_')}`);

/** Markup, and what XML 1.0 cannot hold or does not keep: controls, lone surrogates, U+FFFE and U+FFFF. */
const UNSAFE = /[&<>\p{Cc}\p{Cs}\ufffe\uffff]/u;
const EVERY_UNSAFE = new RegExp(UNSAFE, 'gu');
const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;', '\t': '\t', '\n': '\n' };

const escaped = (text: string): string =>
  UNSAFE.test(text) ? text.replace(EVERY_UNSAFE, (unsafe) => ENTITIES[unsafe] ?? standIn(unsafe)) : text;

/** From U+007F up controls are allowed in XML. */
const standIn = (unsafe: string): string => (/[\x7f-\x9f]/.test(unsafe) ? unsafe : '\ufffd');
