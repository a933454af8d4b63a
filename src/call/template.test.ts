import { expect, it } from 'vitest';
import { fill, inAddress } from './template.ts';

const values: Readonly<Record<string, string>> = { name: 'Asha & Ravi', 'passthru.body': '{{name}}', empty: '' };

function filled(text: string, encode?: typeof inAddress): { text: string; missing: string[] } {
  const missing: string[] = [];
  return {
    text: fill(
      text,
      (name) => values[name],
      (name) => missing.push(name),
      encode,
    ),
    missing,
  };
}

it('leaves a text without variables as it is', () => {
  expect(filled('Press {1} or }}2{{ now')).toEqual({ text: 'Press {1} or }}2{{ now', missing: [] });
});

it('puts values where their names stand, each time again', () => {
  for (let i = 0; i < 2; i++) {
    expect(filled('{{name}}, {{ name }}: {{empty}}.')).toEqual({ text: 'Asha & Ravi, Asha & Ravi: .', missing: [] });
  }
});

it('does not fill in what a value says', () => {
  expect(filled('{{passthru.body}}').text).toBe('{{name}}');
});

it('tells every name that has no value, and goes on', () => {
  expect(filled('a {{who}} b {{what}} c {{who}}')).toEqual({ text: 'a  b  c ', missing: ['who', 'what', 'who'] });
});

it('encodes in an address, except where the value begins it', () => {
  expect(filled('https://a.example/?q={{name}}', inAddress).text).toBe('https://a.example/?q=Asha%20%26%20Ravi');
  expect(filled('{{name}}/{{name}}', inAddress).text).toBe('Asha & Ravi/Asha%20%26%20Ravi');
});
