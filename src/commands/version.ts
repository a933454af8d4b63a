declare const VERSION: string;

/** Of this press9; the build fills it in. */
export const version: string = typeof VERSION === 'string' ? VERSION : 'unbuilt';
