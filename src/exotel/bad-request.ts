/** `says` is the vendor's sentence, which tells little; `because` is for our log, numbers masked. */
export type BadRequest = { ok: false; status: 400; says: string; because: string };

export const badRequest = (because: string, says = 'Invalid Parameters'): BadRequest => ({
  ok: false,
  status: 400,
  says,
  because,
});
