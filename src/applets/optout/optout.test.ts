import { describe, expect, it } from 'vitest';
import { applets, play, type Script, START } from '../../../test/kit/play.ts';
import { commandsOf, hangUpsIn, said, stayed } from '../../../test/kit/stories.ts';
import type { NewFact } from '../../core/facts.ts';
import type { OptOutResult, Post } from '../../core/ports.ts';

const optOut = (attributes = '') =>
  applets(`<IvrMenu id="menu" noInput="bye" invalid="bye"><Say>Press 9 to be left alone.</Say><Key digit="9" next="out"/></IvrMenu>
    <OptOut id="out" next="removed" failed="bye" ${attributes}/>
    <Greeting id="removed" next="bye"><Say>You have been removed.</Say></Greeting><Hangup id="bye"/>`);

/** A store that takes its time to write, and tells what it was given. */
function slowStore(result: OptOutResult, rounds = 20) {
  const facts: NewFact[] = [];
  const posts: (Post | undefined)[] = [];
  const delivered: Post[] = [];
  const ports: Script['ports'] = () => ({
    optOuts: {
      async record(fact, post) {
        for (let i = 0; i < rounds; i++) await Promise.resolve();
        facts.push(fact);
        posts.push(post);
        return result;
      },
    },
    callbacks: { send: (post) => void delivered.push(post) },
  });
  return { facts, posts, delivered, ports };
}

describe('an OptOut', () => {
  it('says so once it is recorded: who, when, by which key, in which call', async () => {
    const store = slowStore({ ok: true, fact: 'fact-7' });
    const played = await play(optOut(), { keys: 'wait 6s, !9', ports: store.ports });
    expect(store.facts).toEqual([
      {
        kind: 'opt-out',
        number: '+919876543210',
        scope: 'all',
        source: 'key-press',
        at: START + 9000,
        actor: 'caller',
        call: '0123456789abcdef0123456789abkabm',
        flow: 'test',
        node: 'out',
        key: '9',
      },
    ]);
    expect(played.path).toEqual(['menu>key:9', 'out>next', 'removed>next']);
    expect(played.view.optOuts).toMatchObject([{ scope: 'all', key: '9', result: { fact: 'fact-7' } }]);
    expect(said(played).at(-1)).toBe('You have been removed.');
  });

  it('costs the call no time, however slow the store is', async () => {
    const played = await play(optOut(), { keys: '9', ports: slowStore({ ok: true, fact: 'f' }, 500).ports });
    expect(stayed(played, 'out')).toBe(0);
  });

  it.each(['all', 'campaign', 'voice', 'sms'])('from %s records that scope', async (scope) => {
    const store = slowStore({ ok: true, fact: 'f' });
    await play(optOut(`scope="${scope}"`), { keys: '9', ports: store.ports, facts: { campaign: 'diwali' } });
    expect(store.facts).toMatchObject([{ scope, campaign: 'diwali' }]);
  });

  it('that no key led to has no key', async () => {
    const store = slowStore({ ok: true, fact: 'f' });
    await play(applets('<OptOut id="out" next="bye" failed="bye"/><Hangup id="bye"/>'), { ports: store.ports });
    expect(store.facts[0]).not.toHaveProperty('key');
  });
});

describe('an OptOut that cannot be recorded', () => {
  const failed: OptOutResult = { ok: false, says: 'The disk is full.', journal: '/tmp/opt-outs.journal' };

  it('leaves by failed and says nothing that is not true', async () => {
    const played = await play(optOut(), { keys: '9', ports: slowStore(failed).ports });
    expect(played.path).toEqual(['menu>key:9', 'out>failed']);
    expect(played.view.ended).toEqual({ by: 'flow', node: 'bye' });
    expect(said(played).join(' ')).not.toContain('removed');
    expect(played.view.optOuts).toMatchObject([{ result: { failed: 'The disk is full.', journal: '/tmp/opt-outs.journal' } }]);
    expect(played.transcript.join('\n')).toContain('NOT RECORDED: The disk is full.');
  });

  it('hangs up where failed is not wired', async () => {
    const flow = applets('<OptOut id="out" next="bye"/><Hangup id="bye"/>');
    const { view } = await play(flow, { optOut: failed });
    expect(view.ended).toEqual({ by: 'unwired', node: 'out', exit: 'failed' });
  });

  it('tells no webhook', async () => {
    const store = slowStore(failed);
    await play(optOut('url="https://a.example/optouts"'), { keys: '9', ports: store.ports });
    expect(store.delivered).toEqual([]);
  });
});

describe('the webhook of an OptOut', () => {
  it('is kept with the fact, then posted', async () => {
    const store = slowStore({ ok: true, fact: 'f' });
    const played = await play(optOut('url="https://a.example/optouts?plan={{plan}}" scope="voice"'), {
      keys: '9',
      ports: store.ports,
      facts: { variables: { plan: 'a b' } },
    });
    expect(store.posts).toHaveLength(1);
    expect(store.delivered).toEqual(store.posts);
    const [post] = store.delivered;
    expect(post).toMatchObject({
      what: 'webhook',
      url: 'https://a.example/optouts?plan=a%20b',
      contentType: 'application/json',
      call: '0123456789abcdef0123456789abkabm',
    });
    expect(JSON.parse(post?.body ?? '')).toEqual({
      event: 'opt-out',
      number: '+919876543210',
      scope: 'voice',
      key: '9',
      callSid: '0123456789abcdef0123456789abkabm',
      flow: 'test',
      at: '2026-11-22T10:00:05.900+05:30',
    });
    expect(commandsOf(played, 'optOut')).toMatchObject([{ node: 'out', scope: 'voice', key: '9' }]);
  });

  it('is none without a url', async () => {
    const store = slowStore({ ok: true, fact: 'f' });
    await play(optOut(), { keys: '9', ports: store.ports });
    expect(store.posts).toEqual([undefined]);
    expect(store.delivered).toEqual([]);
  });
});

describe('a caller who hangs up in an OptOut', () => {
  /** Hangs up the moment the opt-out is asked for, while it is still being written. */
  const hangUpAtOnce: Script['before'] = (call) =>
    void call.subscribe(({ e }) => {
      if (e.type === 'command' && e.command.type === 'optOut') call.hangUp();
    });

  it('ends the call in every state of it', async () => {
    expect(await hangUpsIn(optOut(), 'out', { keys: '9' })).toEqual(['recording']);
  });

  it('is on the list all the same, and the webhook is told', async () => {
    const store = slowStore({ ok: true, fact: 'fact-7' });
    const played = await play(optOut('url="https://a.example/optouts"'), { keys: '9', ports: store.ports, before: hangUpAtOnce });
    expect(played.view.ended).toEqual({ by: 'caller' });
    expect(store.facts).toMatchObject([{ number: '+919876543210', key: '9' }]);
    expect(store.delivered).toHaveLength(1);
    expect(played.events.map(({ type }) => type).indexOf('ended')).toBeLessThan(played.events.length - 1);
    expect(played.view.optOuts).toMatchObject([{ result: { fact: 'fact-7' } }]);
    expect(said(played).join(' ')).not.toContain('removed');
  });

  it('leaves a failure behind that can be seen', async () => {
    const store = slowStore({ ok: false, says: 'The disk is full.', journal: '/tmp/j' });
    const { view } = await play(optOut(), { keys: '9', ports: store.ports, before: hangUpAtOnce });
    expect(view.optOuts).toMatchObject([{ result: { failed: 'The disk is full.', journal: '/tmp/j' } }]);
  });
});
