/** What a request's parameters must offer: the first value of a name, all of them in any spelling, and `Name[0][Key]` as rows. */
export type Asked = {
  first(name: string): string | undefined;
  all(name: string): readonly string[];
  group(name: string): readonly Readonly<Record<string, string>>[];
};

/** The vendor's sentence tells little; `because`, a clause, is for whoever reads the emulator's log. */
export type BadRequest = { ok: false; status: 400; says: string; because: string };

export const badRequest = (because: string, says = 'Invalid Parameters'): BadRequest => ({
  ok: false,
  status: 400,
  says,
  because,
});

/** A parameter without space around it; an empty one was not given. */
export const given = (asked: Pick<Asked, 'first'>, name: string): string | undefined => asked.first(name)?.trim() || undefined;
