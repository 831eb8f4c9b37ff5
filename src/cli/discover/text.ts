// What is seen, for people: tables of names with the ids that a configuration needs.

import { fittedTable, type TableColumn } from '../table.ts';
import { count, onOneLine, plural, wrap } from '../words.ts';
import type { BaseSight, CodeSight, DepartmentSight, Sight } from './sight.ts';

/** `width` in terminal cells; undefined: any. */
export function sightText(sights: readonly Sight[], width: number | undefined): string {
  return sights.map((sight) => sourceText(sight, width)).join('\n\n');
}

function sourceText(sight: Sight, width: number | undefined): string {
  const { source, bases, departments, approval_codes: codes } = sight;
  const sections = [
    ...bases.map((base) => baseText(base, width)),
    departmentsText(departments, width),
    codesText(codes, width),
  ];
  return [source, ...sections].join('\n\n');
}

function baseText(
  { app_token: token, name, tables }: BaseSight,
  width: number | undefined,
): string {
  const columns: readonly TableColumn[] = [
    { title: 'table' },
    { title: 'table id' },
    { title: 'field' },
    { title: 'type' },
    { title: 'field id', worth: 1 },
  ];
  const rows = tables.flatMap((table) =>
    table.fields.map(({ field_id: id, field_name: field, ui_type: type }, at) =>
      (at === 0 ? [table.name, table.table_id] : ['', '']).concat(field, type, id).map(onOneLine),
    ),
  );
  const head = `Base ${onOneLine(name)} (${token}): ${plural(tables.length, 'table')}`;
  return [wrap(head, width), fittedTable(columns, rows, width)].join('\n');
}

function departmentsText(
  departments: readonly DepartmentSight[],
  width: number | undefined,
): string {
  if (departments.length === 0) return 'Departments: none is visible to the app.';
  const columns: readonly TableColumn[] = [
    { title: 'department' },
    { title: 'people', align: 'right' },
    { title: 'open_department_id', worth: 1 },
  ];
  const rows = asTree(departments).map(({ department, depth }) => [
    `${'  '.repeat(depth)}${onOneLine(department.name)}`,
    department.member_count === null ? '' : count(department.member_count),
    department.open_department_id,
  ]);
  return fittedTable(columns, rows, width);
}

interface Placed {
  readonly department: DepartmentSight;
  readonly depth: number;
}

/** Those whose parent is not seen stand at the top. */
function asTree(departments: readonly DepartmentSight[]): readonly Placed[] {
  const ids = new Set(departments.map((one) => one.open_department_id));
  const below = Map.groupBy(departments, (one) => one.parent_department_id);
  const placed = (department: DepartmentSight, depth: number): readonly Placed[] => [
    { department, depth },
    ...(below.get(department.open_department_id) ?? []).flatMap((child) =>
      placed(child, depth + 1),
    ),
  ];
  return departments
    .filter((one) => !ids.has(one.parent_department_id))
    .flatMap((one) => placed(one, 0));
}

function codesText(codes: readonly CodeSight[], width: number | undefined): string {
  if (codes.length === 0) return 'Approval codes: none was seen.';
  const columns: readonly TableColumn[] = [
    { title: 'approval' },
    { title: 'status', worth: 1 },
    { title: 'seen in', worth: 2 },
    { title: 'approval_code' },
  ];
  const rows = codes.map(({ approval_code: code, name, status, seen }) => [
    onOneLine(name),
    status ?? '',
    seen,
    code,
  ]);
  return fittedTable(columns, rows, width);
}
