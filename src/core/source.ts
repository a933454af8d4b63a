/**
 * How well a statement is known: `SRC` the product's own source documents, `O` read on the owner's page, `R` quoted from the
 * primary text, `S` second hand, `M` from memory, `D` our own decision.
 */
export type Grade = 'SRC' | 'O' | 'R' | 'S' | 'M' | 'D';

/** Where a statement comes from. */
export type Source = { grade: Grade; title: string; url?: string };

/** What each grade means, for people. */
export const GRADES: Readonly<Record<Grade, string>> = {
  SRC: 'a source document of this product',
  O: "read on the owner's page",
  R: 'quoted from the primary text',
  S: 'second hand',
  M: 'from memory',
  D: 'a decision of press9',
};

/** Known well enough to stop a call for it. What is known second hand or from memory warns, unless asked to be strict. */
export const isFirm = ({ grade }: Source): boolean => grade !== 'S' && grade !== 'M';
