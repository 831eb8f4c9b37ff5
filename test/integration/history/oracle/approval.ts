// What the warehouse should hold of an approval instance, said again from the contract.

import type { Definition, Instance, Widget } from '../../../../src/demo/company/approval.ts';
import { type Thing, textOf } from '../chronicle.ts';
import { moment } from './moment.ts';

const endings = new Set(['APPROVED', 'REJECTED', 'CANCELED', 'DELETED']);

export function definitionThing(definition: Definition): Thing {
  const { approval_code, approval_name, status, form, node_list } = definition;
  const row = { approval_code, approval_name, status, form, node_list };
  return { parts: { approval_definitions: textOf([row]) } };
}

export function instanceThing(instance: Instance): Thing {
  const { instance_code, approval_code, form, task_list, timeline, comment_list } = instance;
  const own = (row: object): object => ({ instance_code, ...row });
  const payload = { ...instance, form: JSON.stringify(form), comment_list: undefined };
  return {
    parts: {
      approval_instances: textOf([headOf(instance)]),
      approval_instance_payloads: textOf([
        own({
          approval_code,
          payload: comment_list.length === 0 ? payload : { ...payload, comment_list },
        }),
      ]),
      approval_fields: textOf(
        [...fieldsOf(form)].map((row, position) => own({ ...row, position })),
      ),
      approval_tasks: textOf(
        task_list.map(({ id, start_time, end_time, ...task }) =>
          own({ ...task, task_id: id, start_time: moment(start_time), end_time: moment(end_time) }),
        ),
      ),
      approval_timeline: textOf(
        timeline.map(({ create_time, ext, ...entry }, position) =>
          own({ ...entry, position, create_time: moment(create_time), ext: JSON.parse(ext) }),
        ),
      ),
      approval_comments: textOf(
        comment_list.map(({ id, create_time, ...comment }) =>
          own({ ...comment, comment_id: id, create_time: moment(create_time) }),
        ),
      ),
    },
    facts: {
      container: approval_code,
      created: Number(instance.start_time),
      settled: endings.has(instance.status) ? Number(instance.end_time) : 0,
    },
  };
}

function headOf(instance: Instance): object {
  const { form: _, task_list: __, timeline: ___, comment_list: ____, ...head } = instance;
  return { ...head, start_time: moment(head.start_time), end_time: moment(head.end_time) };
}

function* fieldsOf(form: readonly Widget[]): Generator<object> {
  for (const widget of form) {
    yield fieldOf(widget);
    if (widget.type !== 'fieldList') continue;
    const rows: Widget[][] = Array.isArray(widget['value']) ? widget['value'] : [];
    for (const [row_index, cells] of rows.entries()) {
      for (const cell of cells) yield { ...fieldOf(cell), parent_field_id: widget.id, row_index };
    }
  }
}

function fieldOf({ id, custom_id, name, type, value }: Widget): object {
  const named = { field_id: id, custom_id, name, type };
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
    return { ...named, value };
  }
  if (type === 'fieldList') return { ...named, value };
  if (type === 'date') {
    return { ...named, value, value_text: value, value_time: Date.parse(String(value)) };
  }
  const value_text = Array.isArray(value) ? value.join(', ') : String(value);
  const value_number = type === 'amount' ? String(value) : undefined;
  return { ...named, value, value_text, value_number };
}
