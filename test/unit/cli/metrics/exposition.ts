// A reader of Prometheus' text format, by its rules alone: what it refuses, the collector would refuse.

import assert from 'node:assert/strict';

export interface Read {
  /** By `name{label="value",..}` with the labels in their order. */
  readonly samples: ReadonlyMap<string, number>;
  readonly names: ReadonlySet<string>;
}

const name = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const label = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\n"])*"`;
const sample = new RegExp(String.raw`^([^\s{]+)(?:\{((?:${label}(?:,|(?=\})))*)\})? (\S+)$`);
const number = /^(?:[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|[+-]Inf|NaN)$/;

/** Fails where the text breaks a rule of the format. */
export function readExposition(text: string): Read {
  assert.ok(text.endsWith('\n'), 'the last line has no end');
  const samples = new Map<string, number>();
  const names = new Set<string>();
  for (const [about, lines] of groupsOf(text)) {
    assert.ok(!names.has(about), `the lines of ${about} are not together`);
    names.add(about);
    const [help = '', type = '', ...rest] = lines;
    assert.match(about, name);
    assert.ok(help.startsWith(`# HELP ${about} `), `${about} has no help first`);
    assert.match(type.slice(`# TYPE ${about} `.length), /^(?:counter|gauge|untyped)$/);
    assert.ok(rest.length > 0, `${about} has no sample`);
    for (const line of rest) addSample(samples, line);
  }
  return { samples, names };
}

/** Neighbouring lines about one metric. */
function groupsOf(text: string): [string, string[]][] {
  const groups: [string, string[]][] = [];
  for (const line of text.slice(0, -1).split('\n')) {
    const about = /^(?:# (?:HELP|TYPE) )?([^\s{]+)/.exec(line)?.[1] ?? '';
    const last = groups.at(-1);
    if (last?.[0] === about) last[1].push(line);
    else groups.push([about, [line]]);
  }
  return groups;
}

function addSample(samples: Map<string, number>, line: string): void {
  const [, about, labels = '', value = ''] = sample.exec(line) ?? [];
  assert.ok(about !== undefined, `${line} is no sample`);
  assert.match(value, number);
  const key = `${about}{${labels}}`;
  assert.ok(!samples.has(key), `${key} comes twice`);
  samples.set(key, Number(value));
}
