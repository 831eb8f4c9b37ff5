// A form, JSON inside JSON, becomes one item a widget and, for a detail list, one more a cell.
// Widgets: https://open.larksuite.com/document/server-docs/approval-v4/instance/get

import { RecordError } from '../../errors.ts';
import { isArray, isObject, type Json, type JsonObject } from '../../json.ts';
import { formOf, isFilled } from './form.ts';
import { readable } from './readable.ts';

/** The widgets of an instance's form in form order. Throws RecordError when it is no list of widgets. */
export function* widgetsOf(instance: JsonObject): Generator<JsonObject> {
  let position = 0;
  for (const widget of widgets(formOf(instance))) {
    yield item(instance, position++, widget);
    if (widget['type'] !== 'fieldList') continue;
    for (const [rowIndex, cells] of rowsOf(widget).entries()) {
      for (const cell of cells) {
        yield {
          ...item(instance, position++, cell),
          parent_field_id: widget['id'],
          row_index: rowIndex,
        };
      }
    }
  }
}

function item(instance: JsonObject, position: number, widget: JsonObject): JsonObject {
  const value = widget['value'] ?? null;
  return {
    ...widget,
    instance_code: instance['instance_code'],
    position,
    ...(isFilled(value) ? readable(widget, value) : {}),
  };
}

function widgets(form: Json): readonly JsonObject[] {
  if (form === null) return [];
  if (isArray(form) && form.every(isObject)) return form;
  throw new RecordError('the form of an approval instance is no list of widgets');
}

function rowsOf(widget: JsonObject): readonly (readonly JsonObject[])[] {
  const value = widget['value'];
  if (!isArray(value)) return [];
  return value.map((row) => (isArray(row) ? row.filter(isObject) : []));
}
