import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Io } from '../../src/commands/io.ts';
import { testCommand } from '../../src/commands/test.ts';
import { ms } from '../../src/core/ids.ts';
import { UserError } from '../../src/core/problem.ts';

/** A flow with a menu: 1 thanks, 2 sends a text, 9 opts out. */
export const MENU = `<Flow name="shop" start="menu" class="service-implicit">
  <IvrMenu id="menu" noInput="bye" invalid="bye">
    <Say>Press 1 to confirm, 2 for the link, or 9 to stop these calls.</Say>
    <Key digit="1" next="thanks"/>
    <Key digit="2" next="link"/>
    <Key digit="9" next="optOut"/>
  </IvrMenu>
  <Greeting id="thanks" goal="confirmed" next="bye"><Say>Thank you.</Say></Greeting>
  <Sms id="link" next="bye">Here: https://shop.example/1</Sms>
  <OptOut id="optOut" next="bye" failed="bye"/>
  <Hangup id="bye"/>
</Flow>
`;

export const press = (key: string, expected: string): string =>
  `steps:\n  - press: ${key}\nexpect:\n${expected.replace(/^/gm, '  ')}\n`;

/** Of the flow above. */
export const PASSES = press('1', 'goals: confirmed');
export const FAILS = press('1', 'goals: paid');

export type Ran = { out: string; err: string; code: number };

/** A folder in which `press9 test` is run, in this process. */
export type SuiteFolder = {
  put(path: string, text: string): void;
  text(path: string): string;
  there(path: string): boolean;
  io(more?: Partial<Io>): Io & { outText(): string; errText(): string };
  /** Runs to its end; every run takes no time. */
  test(...args: readonly string[]): Promise<Ran>;
  /** The mistake that ends the command. */
  refusal(...args: readonly string[]): Promise<UserError>;
};

export function suiteIn(cwd: string): SuiteFolder {
  const io: SuiteFolder['io'] = (more = {}) => {
    let [out, err] = ['', ''];
    return {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      cwd,
      env: {},
      isTTY: false,
      colour: false,
      exitCode: 0,
      outText: () => out,
      errText: () => err,
      ...more,
    };
  };
  const test: SuiteFolder['test'] = async (...args) => {
    const own = io();
    await testCommand(own, () => ms(0))
      .exitOverride()
      .parseAsync(args, { from: 'user' });
    return { out: own.outText(), err: own.errText(), code: own.exitCode };
  };
  return {
    put(path, text) {
      mkdirSync(dirname(join(cwd, path)), { recursive: true });
      writeFileSync(join(cwd, path), text);
    },
    text: (path) => readFileSync(join(cwd, path), 'utf8'),
    there: (path) => existsSync(join(cwd, path)),
    io,
    test,
    async refusal(...args) {
      const error: unknown = await test(...args).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      if (!(error instanceof UserError)) throw new Error('a UserError was expected');
      return error;
    },
  };
}
