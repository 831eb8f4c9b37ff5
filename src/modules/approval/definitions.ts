// Approval definitions: one call an approval code and run, since there is no list and no updated-at.

import type { Stream, Table } from '../../stream.ts';
import { json, jsonText, text } from '../../transform/columns.ts';
import { getDefinition } from './endpoints.ts';
import type { ApprovalSettings } from './settings.ts';

const table: Table = {
  name: 'approval_definitions',
  key: ['approval_code'],
  columns: {
    approval_code: text(),
    approval_name: text(),
    status: text(),
    form: jsonText(),
    node_list: json(),
  },
};

export function definitions(settings: ApprovalSettings): Stream {
  return {
    name: 'approval.definitions',
    tables: [table],
    partitions: () => settings.approvalCodes.map((code) => ({ key: code })),
    async *expects() {
      yield { endpoint: getDefinition, calls: 1 };
    },
    async *pages({ lark, partition }) {
      const approval_code = partition.key;
      const definition = await lark.call(getDefinition, {
        params: { approval_code },
        query: { locale: settings.locale },
      });
      yield {
        records: [{ ...definition, approval_code }],
        cursor: { read_at: await lark.now() },
      };
    },
  };
}
