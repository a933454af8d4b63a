/** What an endpoint answers, before it is written as XML or JSON: names in the order in which the vendor writes them. */
export type Resource = { readonly [name: string]: ResourceValue };
export type ResourceValue = string | number | boolean | null | Resource | readonly Resource[];

/** How an endpoint answers: XML unless the address ends in `.json`. */
export type Format = 'xml' | 'json';
