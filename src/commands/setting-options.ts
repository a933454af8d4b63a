import { InvalidArgumentError, Option } from 'commander';
import { PROFILES } from '../compliance/profiles.ts';
import { type ReadTexts, readTexts, type SettingName } from './config-table.ts';

/** `--profile`, as the settings read it. */
export const profileOption = (): Option =>
  new Option('--profile <name>', `which rules count: ${Object.keys(PROFILES).join(', ')}`).argParser(reading('profile'));

/** Reads an option as the setting of the same name is read. */
const reading =
  (name: SettingName) =>
  (text: string): unknown => {
    const read: ReadTexts = readTexts(name, [text]);
    if (read.ok) return read.value;
    throw new InvalidArgumentError([read.says.replace(/^[\w.]+: it/, 'It'), read.advice].filter(Boolean).join(' '));
  };
