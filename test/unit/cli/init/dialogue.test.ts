import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { type Dialogue, openDialogue } from '../../../../src/cli/init/dialogue.ts';
import { InterruptedError } from '../../../../src/errors.ts';

interface Talk {
  readonly dialogue: Dialogue;
  readonly stop: AbortController;
  type(keys: string): void;
  hangUp(): void;
  shown(): string;
}

function begin(): Talk {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const stop = new AbortController();
  return {
    dialogue: openDialogue(input, output, stop.signal),
    stop,
    type: (keys) => void input.write(keys),
    hangUp: () => void input.end(),
    shown: () => String(output.read() ?? ''),
  };
}

const choices = [
  { value: 'one', label: 'One \u001b[2J\u202e' },
  { value: 'two', label: 'Two', hint: 'a hint\nof two lines' },
] as const;

test('an answer comes without blanks, and an empty one is the usual one', async () => {
  const { dialogue, type } = begin();
  const first = dialogue.text({ message: 'Name', usual: 'main' });
  type('\r');
  assert.equal(await first, 'main');
  const second = dialogue.text({ message: 'Name', usual: 'main' });
  type('  own \r');
  assert.equal(await second, 'own');
});

test('an answer that will not do is told and can be changed', async () => {
  const { dialogue, type, shown } = begin();
  const fault = (answer: string) => (answer === 'abc' ? undefined : `not ${answer}, but abc`);
  const answer = dialogue.text({ message: 'Letters', initial: 'a', fault });
  type('b\r');
  type('c\r');
  assert.equal(await answer, 'abc');
  assert.match(shown(), /not ab, but abc/);
});

test('a hidden text is not shown, while it is typed and after', async () => {
  const { dialogue, type, shown } = begin();
  const answer = dialogue.hidden({ message: 'Secret' });
  type('h1dden');
  type('\r');
  assert.equal(await answer, 'h1dden');
  assert.doesNotMatch(shown(), /h1d|dde|den/);
});

test('choices are shown without what steers a terminal, and chosen by keys', async () => {
  const { dialogue, type, shown } = begin();
  const one = dialogue.choose('Which?', choices, 'two');
  type('\r');
  assert.equal(await one, 'two');
  const some = dialogue.chooseSome('Which?', choices, ['one']);
  type('\u001b[B');
  type(' ');
  type('\r');
  assert.deepEqual(await some, ['one', 'two']);
  const none = dialogue.chooseSome('Which?', choices, []);
  type('\r');
  assert.deepEqual(await none, []);
  const text = shown();
  assert.ok(!text.includes('\u001b[2J') && !text.includes('\u202e'));
  assert.match(text, /a hint⏎of two lines/);
});

test('nothing is agreed to by Enter alone', async () => {
  const { dialogue, type } = begin();
  const no = dialogue.agree('Really?');
  type('\r');
  assert.equal(await no, false);
  const yes = dialogue.agree('Really?');
  type('y');
  assert.equal(await yes, true);
});

test('Ctrl-C, a signal and the end of the input end a question, and those that follow', async () => {
  const ctrlC = begin();
  const asked = ctrlC.dialogue.hidden({ message: 'Secret' });
  ctrlC.type('\u0003');
  await assert.rejects(asked, InterruptedError);

  const signalled = begin();
  const open = signalled.dialogue.choose('Which?', choices);
  const reason = new InterruptedError('SIGTERM');
  signalled.stop.abort(reason);
  await assert.rejects(open, reason);
  await assert.rejects(signalled.dialogue.agree('And this?'), reason);

  const gone = begin();
  const half = gone.dialogue.text({ message: 'Name', usual: 'main' });
  gone.type('hal');
  gone.hangUp();
  await assert.rejects(half, InterruptedError);
  await assert.rejects(gone.dialogue.text({ message: 'Name', usual: 'main' }), InterruptedError);
});
