import { describe, expect, it } from 'vitest';
import { matches } from './fuzzy.ts';

const THINGS = ['save', 'to start', 'step back', 'edit answer', 'answer', 'hang up', 'copy curl'];
const find = (query: string, things = THINGS): readonly string[] => matches(query, things, (thing) => [thing]);

describe('a fuzzy search', () => {
  it('finds letters in their order, the beginnings of words first', () => {
    expect(find('hu')).toEqual(['hang up']);
    expect(find('answ')).toEqual(['edit answer', 'answer']);
    expect(find('sb')[0]).toBe('step back');
    expect(find('SAVE')).toEqual(['save']);
    expect(find('hup')).toEqual(['hang up']);
  });

  it('wants every word, in any order', () => {
    expect(find('answer edit')).toEqual(['edit answer']);
    expect(find('curl save')).toEqual([]);
  });

  it('finds nothing where letters only happen to stand', () => {
    expect(find('ae', ['make a scene', 'save'])).not.toContain('make a scene and leave');
    expect(find('tbk', ['put the books back', 'obstacle kit'])).toEqual(['put the books back']);
    expect(find('xyz')).toEqual([]);
  });

  it('keeps the order of equals, and gives everything for nothing', () => {
    expect(find('')).toEqual(THINGS);
    expect(find('a', ['ab', 'ac', 'ad'])).toEqual(['ab', 'ac', 'ad']);
  });

  it('prefers the first of several places', () => {
    const flows = [
      { name: 'reminder', about: 'a survey' },
      { name: 'survey', about: 'five questions' },
    ];
    expect(matches('survey', flows, ({ name, about }) => [name, about]).map(({ name }) => name)).toEqual(['survey', 'reminder']);
  });
});
