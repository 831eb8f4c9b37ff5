/** The webhook of a custom bot. It answers HTTP 200 whatever is wrong, with a code of its own. */
import { createHmac } from 'node:crypto';
import type { Bot } from '../bot.ts';
import type { Call, Endpoint } from '../endpoint.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Tier } from '../limits.ts';
import { Refusal } from '../refusal.ts';

const HOUR = 3600;
/** 100 a minute and 5 a second. */
const BOT_TIER: Tier = [
  { calls: 100, ms: 60_000 },
  { calls: 5, ms: 1000 },
];
/** Bytes of a message. */
const MOST = 20 * 1024;

function refusal(code: number, msg: string): Refusal {
  return new Refusal(200, code, msg, { data: {} });
}

function checkSignature({ secret }: Bot, body: JsonObject, now: number): void {
  if (secret === undefined) return;
  const { timestamp, sign } = body;
  const age = Math.abs(now / 1000 - Number(timestamp));
  const want = createHmac('sha256', `${timestamp}\n${secret}`).update('').digest('base64');
  if (typeof timestamp === 'string' && age <= HOUR && sign === want) return;
  throw refusal(19021, 'sign match fail or timestamp is not within one hour from current time');
}

function cardIn({ msg_type: type, card }: JsonObject): JsonObject {
  if (type !== 'interactive' || !isObject(card)) throw refusal(9499, 'Bad Request');
  const { header, elements } = card;
  const isCard = isObject(header) && isObject(header['title']) && Array.isArray(elements);
  if (!isCard || elements.length === 0) throw refusal(9499, 'Bad Request');
  return card;
}

function take({ app: { bot }, path, body, now }: Call): JsonObject {
  if (path['token'] !== bot.token) {
    throw refusal(19001, 'param invalid: incoming webhook access token invalid');
  }
  if (!isObject(body) || Buffer.byteLength(JSON.stringify(body)) > MOST) {
    throw refusal(9499, 'Bad Request');
  }
  checkSignature(bot, body, now);
  bot.cards.push(cardIn(body));
  return { StatusCode: 0, StatusMessage: 'success', data: {} };
}

/** The webhook. */
export const bot: readonly Endpoint[] = [
  {
    name: 'bot.hook',
    method: 'POST',
    path: '/bot/v2/hook/:token',
    tier: BOT_TIER,
    msg: 'success',
    answer: take,
  },
];
