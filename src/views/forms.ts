// One view an approval form with a typed column a widget, and one a detail list with a row a line.

import { isArray, isObject, type Json, type JsonObject } from '../json.ts';
import { literal, qualified } from '../load/identifier.ts';
import type { View, ViewColumn } from '../load/views/view.ts';
import type { Schemas } from './base.ts';
import { namesOf } from './names.ts';
import { type WidgetColumn, widgetColumns } from './widgets.ts';

/** A definition as `approval_definitions` has it. */
export interface Form {
  readonly source: string;
  readonly approval_code: string;
  readonly approval_name: string;
  readonly form: Json;
}

export interface Widget {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly children: readonly Widget[];
}

/** Views named `form_` and the name of the approval, those of detail lists with the name of the list behind. */
export function formViews(schemas: Schemas, forms: readonly Form[]): readonly View[] {
  const wanted = forms.flatMap((form) => {
    const widgets = widgetsIn(form.form);
    const lists = widgets.filter(({ type }) => type === 'fieldList');
    const id = `${form.source}/${form.approval_code}`;
    const name = `form_${form.approval_name}`;
    return [
      { id, name, make: (as: string) => formView(schemas, form, widgets, as) },
      ...lists.map((list) => ({
        id: `${id}/${list.id}`,
        name: `${name}_${list.name}`,
        make: (as: string) => listView(schemas, form, list, as),
      })),
    ];
  });
  const names = namesOf(wanted);
  return wanted.map(({ id, make }) => ({ ...make(names.get(id) ?? id), identity: id }));
}

/** The widgets of a definition that hold a value. */
export function widgetsIn(form: Json): readonly Widget[] {
  if (!isArray(form)) return [];
  return form.filter(isObject).flatMap((widget) => (isShown(widget) ? [widgetOf(widget)] : []));
}

/** A block of explanation is in the form, too. */
function isShown({ id, type }: JsonObject): boolean {
  return typeof id === 'string' && type !== 'text';
}

function widgetOf({ id, name, type, children }: JsonObject): Widget {
  return {
    id: String(id),
    name: typeof name === 'string' ? name : '',
    type: typeof type === 'string' ? type : '',
    children: widgetsIn(children ?? null),
  };
}

const instance = {
  source: 'Name of the source in the configuration.',
  instance_code: 'Code of the instance.',
  serial_number: 'Number that people see.',
  status: 'PENDING, APPROVED, REJECTED, CANCELED or DELETED.',
  open_id: 'Who applied (contact_users.open_id).',
  start_time: 'When it was submitted.',
  end_time: 'When it ended. Null while it is open.',
} as const;

function formView(schemas: Schemas, form: Form, widgets: readonly Widget[], name: string): View {
  const cells = cellsOf(schemas, widgets, Object.keys(instance));
  const gathered = gather(schemas, cells, 'f.parent_field_id is null');
  return {
    name,
    comment: `Approval ${form.approval_name}, source ${form.source}: one row an instance, a column a widget.`,
    columns: [...instanceColumns(), ...cells.map(({ column }) => column)],
    from: `${qualified(schemas.data, 'approval_instances')} i left join lateral (${gathered}) w on true where ${isOf(form)}`,
  };
}

function listView(schemas: Schemas, form: Form, list: Widget, name: string): View {
  const cells = cellsOf(schemas, list.children, [...Object.keys(instance), 'row_index']);
  const gathered = gather(schemas, cells, `f.parent_field_id = ${literal(list.id)}`, 'f.row_index');
  return {
    name,
    comment: `Detail list ${list.name} of the approval ${form.approval_name}, source ${form.source}: one row a line.`,
    columns: [
      ...instanceColumns(),
      {
        name: 'row_index',
        value: 'w.row_index',
        comment: 'Place of the line in the list, from 0.',
      },
      ...cells.map(({ column }) => column),
    ],
    from: `${qualified(schemas.data, 'approval_instances')} i cross join lateral (${gathered}) w where ${isOf(form)}`,
  };
}

function instanceColumns(): readonly ViewColumn[] {
  return Object.entries(instance).map(([name, comment]) => ({
    name,
    value: `i.${name}`,
    comment,
  }));
}

function isOf({ source, approval_code: code }: Form): string {
  return `i.source = ${literal(source)} and i.approval_code = ${literal(code)}`;
}

interface Cell {
  readonly column: ViewColumn;
  readonly widget: Widget;
  readonly as: WidgetColumn;
}

function cellsOf(
  schemas: Schemas,
  widgets: readonly Widget[],
  taken: readonly string[],
): readonly Cell[] {
  const wanted = widgets.flatMap((widget) =>
    widgetColumns(schemas.views, widget).map((as) => ({
      widget,
      as,
      id: `${widget.id}${as.suffix}`,
    })),
  );
  const named = wanted.map(({ widget, as, id }) => ({ id, name: `${widget.name}${as.suffix}` }));
  const names = namesOf(named, taken);
  return wanted.map(({ widget, as, id }, at) => ({
    widget,
    as,
    column: {
      name: names.get(id) ?? id,
      identity: id,
      value: as.read?.(`w.c${at}`) ?? `w.c${at}`,
      comment: `Widget ${widget.name}, ${widget.type}: ${as.holds}.`,
    },
  }));
}

/** The values of an instance's widgets side by side; those of each line, where `by` names what a line is. */
function gather(schemas: Schemas, cells: readonly Cell[], where: string, by?: string): string {
  const values = cells.map(
    ({ widget, as }, at) =>
      `(array_agg(f.${as.from} order by f.position) filter (where f.field_id = ${literal(widget.id)}))[1] as c${at}`,
  );
  const selected = [...(by === undefined ? [] : [by]), ...values];
  return `select ${selected.join(', ')} from ${qualified(schemas.data, 'approval_fields')} f
where f.source = i.source and f.instance_code = i.instance_code and ${where}${by === undefined ? '' : ` group by ${by}`}`;
}
