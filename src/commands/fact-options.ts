import type { Command } from 'commander';
import type { Ms } from '../core/ids.ts';
import type { DncOptions } from './dnc-list.ts';
import { readInstant } from './may-contact.ts';

/** Options of commands that write a fact down by hand. */
export type FactOptions = DncOptions & { at?: Ms; evidence?: string; reason?: string };

export const listOptions = (command: Command): Command =>
  command
    .option('--json', 'print one JSON object')
    .option('--store <path>', 'the store to use: a file, or memory:')
    .option('--country <code>', 'country of numbers written without +', (code) => code.toUpperCase(), 'IN');

export const factOptions = (command: Command): Command =>
  listOptions(command)
    .option(
      '--at <instant>',
      'when it happened, such as 2026-11-22T10:00, Indian time unless it has a zone (default: now)',
      readInstant,
    )
    .option('--evidence <text>', 'what proves it, such as a ticket')
    .option('--reason <text>', 'why');
