import type { Logged } from '../../core/event.ts';
import type { Gives } from '../../core/gives.ts';
import { ms } from '../../core/ids.ts';
import { maskText } from '../../core/phone.ts';
import type { Handset } from '../handset.ts';
import type { OpenQuestion } from '../session.ts';
import { shortUrl } from '../words.ts';
import { type Choice, ChoiceWindow } from './choice.ts';
import { draftOf, GivesWindow, NEW_ANSWER, sayGives } from './gives.ts';
import { answerMeant } from './request.ts';

const FAILS: Gives = { type: 'answer', status: 500, contentType: 'text/plain', after: ms(0), body: '' };

/** An address without the keys before its host, and without what the vendor adds. */
const ownUrl = (url: string): string => url.replace(/\/\/[^/?#@]*@/, '//').replace(/[?&]CallSid=.*$/s, '');

type About = { title: string; intro: readonly string[]; closed?: () => void };

/** What a server can be made to do; `give` is told. */
const failures = (phone: Handset, about: About, give: (gives: Gives) => void): readonly Choice[] => [
  { says: 'status 500: the server fails', choose: () => give(FAILS) },
  { says: 'time-out: no answer comes in time', choose: () => give({ type: 'timeout' }) },
  { says: 'refused: nobody listens there', choose: () => give({ type: 'refused' }) },
  { says: 'an answer that you type …', choose: () => phone.look({ window: new GivesWindow(about, NEW_ANSWER, give) }) },
];

/** Decides what the next web request gets; or what the one gets that waits for an answer. */
export function breakNext(phone: Handset): void {
  const branch = phone.current();
  if (!branch) return;
  const past = branch.past !== undefined;
  if (!past && branch.simulation?.question()) {
    answerQuestion(phone);
    return;
  }
  const armed = past ? undefined : branch.phone.broken();
  const give = (gives: Gives | undefined) => {
    phone.look({ window: undefined });
    phone.breakNext(gives);
    const who = past ? 'a simulation begins: its next web request' : 'the next web request';
    phone.say(gives ? `${who} gets ${sayGives(gives)}` : 'the next web request gets what its server says', 'good');
  };
  const where = past ? ['It gets this in a simulation, which begins at this moment.'] : [];
  const about = { title: 'What does the next web request get?', intro: armed ? [`Now: ${sayGives(armed)}.`] : where };
  const back = armed ? [{ says: 'take it back: what its server says', choose: () => give(undefined) }] : [];
  phone.look({ window: new ChoiceWindow({ ...about, choices: [...failures(phone, about, give), ...back] }) });
}

/** Changes an answer that was given, and goes on from there in a simulation. */
export function editAnswer(phone: Handset): void {
  const request = answerMeant(phone.get());
  const log = phone.current()?.phone.call.log;
  if (!request?.answer || !log) {
    phone.say(request ? 'This request has no answer yet: x decides what it gets.' : 'No server has answered so far.', 'bad');
    return;
  }
  const { id, method, url } = request;
  const what = maskText(`${method} ${shortUrl(url)}`);
  const about = { title: `Another answer for ${what}`, intro: ['The call goes on from there in a simulation.'] };
  const give = (gives: Gives) => {
    phone.look({ window: undefined });
    phone.editAnswer(id, gives);
    phone.say(`a simulation: ${what} gets ${sayGives(gives)}`, 'good');
  };
  phone.look({ window: new GivesWindow(about, draftOf(request, timedOut(log, id)), give) });
}

const timedOut = (log: readonly Logged[], id: number): boolean =>
  log.some(({ e }) => e.type === 'input' && e.input.type === 'fetch.failed' && e.input.id === id && e.input.why === 'timeout');

/** Questions that were put to the person. Who puts one off finds it again by `x`. */
const put = new WeakSet<OpenQuestion>();

/** Puts a question that a simulation has to the person, as soon as nothing else is before them; once. */
export function putQuestion(phone: Handset): void {
  const branch = phone.current();
  const question = branch?.simulation?.question();
  if (question && branch?.past === undefined && !put.has(question) && !phone.get().window) answerQuestion(phone);
}

/** What does a request of a simulation get that nobody has recorded? */
export function answerQuestion(phone: Handset): void {
  const question = phone.current()?.simulation?.question();
  if (!question) return;
  put.add(question);
  const { method, url } = question.request;
  const reply = (gives: Gives | 'ask the server') => {
    question.reply(gives);
    phone.look({ window: undefined });
    phone.say(gives === 'ask the server' ? 'the server is asked' : `it gets ${sayGives(gives)}`, 'good');
  };
  const about: About = {
    title: 'What does this request get?',
    intro: [maskText(`${method} ${ownUrl(url)}`), 'Nobody has recorded an answer for it. Time stands until it has one.'],
    closed: () => phone.say('The request waits, and time with it: x answers it.'),
  };
  const real = { says: 'ask the real server (this request really goes out)', choose: () => reply('ask the server') };
  phone.look({ window: new ChoiceWindow({ ...about, choices: [...failures(phone, about, reply), real] }), note: undefined });
}
