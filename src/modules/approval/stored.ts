// Approval instances as the warehouse keeps them whole: what Lark gave, of which all other tables are made.

import { isObject, type JsonObject, parseJson } from '../../json.ts';
import type { Replica } from '../../stream.ts';

export async function* storedInstances(replica: Replica): AsyncGenerator<JsonObject> {
  for await (const { payload } of replica.rows('approval_instance_payloads', ['payload'])) {
    const instance = parseJson(payload ?? 'null');
    if (isObject(instance)) yield { instance };
  }
}
