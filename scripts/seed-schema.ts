import { seedSchema } from '../src/commands/emulator-seed.ts';

/** The JSON Schema of seed files, for editors. */
export function seedFileSchema(): string {
  const { $schema, ...rest } = seedSchema() as Record<string, unknown>;
  const about = 'press9 serve --seed: the account, and the people and facts that an emulator begins with.';
  return `${JSON.stringify({ $schema, title: 'press9 seed', description: about, ...rest }, null, 2)}\n`;
}
