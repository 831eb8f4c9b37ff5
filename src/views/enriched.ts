// Views that put names to ids and times to answers: departments, people, approvals, their nodes, days at work.

import { literal, qualified } from '../load/identifier.ts';
import type { View, ViewColumn } from '../load/views/view.ts';
import type { Schemas } from './base.ts';

/** Time zones by source: where its people's days begin and end. */
export type Zones = ReadonlyMap<string, string>;

export function enrichedViews(schemas: Schemas, zones: Zones): readonly View[] {
  const data = (table: string): string => qualified(schemas.data, table);
  const views = (view: string): string => qualified(schemas.views, view);
  return [
    departments(data),
    people(data, views),
    approvals(data, views),
    approvalNodes(data),
    attendanceDays(data, zones),
  ];
}

type Place = (name: string) => string;

const source = ['source', 'Name of the source in the configuration.'] as const;

/** Columns by name: an SQL expression and a comment. */
function view(
  name: string,
  comment: string,
  columns: Readonly<Record<string, readonly [value: string, comment: string]>>,
  from: string,
): View {
  const listed = Object.entries(columns).map(
    ([column, [value, about]]): ViewColumn => ({ name: column, value, comment: about }),
  );
  return { name, comment, columns: listed, from };
}

function departments(data: Place): View {
  const table = data('contact_departments');
  return view(
    'departments',
    'Departments with their place in the company and the name of who leads them.',
    {
      source: ['d.source', source[1]],
      open_department_id: ['d.open_department_id', 'Id of the department.'],
      department_id: ['d.department_id', 'Its id as the company chose it.'],
      name: ['d.name', 'Its name.'],
      path: ['d.path', 'Names from the top down to it, with / between.'],
      depth: ['d.depth', '1 at the top.'],
      leader: ['l.name', 'Name of who leads it.'],
      member_count: ['d.member_count', 'People in it and below.'],
    },
    `(
  with recursive tree as (
    select d.*, d.name as path, 1 as depth from ${table} d
    where d.deleted_at is null and not exists (
      select from ${table} p where p.source = d.source and p.deleted_at is null
        and p.open_department_id = d.parent_department_id)
    union all
    select d.*, t.path || ' / ' || d.name, t.depth + 1 from tree t join ${table} d
      on d.source = t.source and d.parent_department_id = t.open_department_id
    where d.deleted_at is null and t.depth < 100
  )
  select * from tree
) d left join lateral (
  select u.name from ${data('contact_users')} u where u.source = d.source
    and d.leader_user_id in (u.open_id, u.user_id, u.union_id) order by u.deleted_at nulls first limit 1
) l on true`,
  );
}

function people(data: Place, views: Place): View {
  return view(
    'people',
    'People who are visible to the app, with their departments and who leads them; no personal columns.',
    {
      source: ['u.source', source[1]],
      open_id: ['u.open_id', 'Id of the person for this app.'],
      user_id: ['u.user_id', 'Id of the person in the company.'],
      employee_no: ['u.employee_no', 'Number that the company gave.'],
      name: ['u.name', 'Name.'],
      job_title: ['u.job_title', 'Title.'],
      department: ['m.names[1]', 'Main department.'],
      department_path: ['m.paths[1]', 'Main department with those above it.'],
      departments: ['m.names', 'All departments, the main one first.'],
      leader: ['l.name', 'Name of the direct leader.'],
      join_time: ['u.join_time', 'When the person joined.'],
    },
    `${data('contact_users')} u left join lateral (
  select array_agg(d.name order by m.is_primary_dept desc nulls last, d.path) as names,
    array_agg(d.path order by m.is_primary_dept desc nulls last, d.path) as paths
  from ${data('contact_user_departments')} m
  join ${views('departments')} d on d.source = m.source and d.open_department_id = m.open_department_id
  where m.source = u.source and m.open_id = u.open_id and m.deleted_at is null
) m on true left join lateral (
  select l.name from ${data('contact_users')} l where l.source = u.source
    and u.leader_user_id in (l.open_id, l.user_id, l.union_id) order by l.deleted_at nulls first limit 1
) l on true where u.deleted_at is null`,
  );
}

function approvals(data: Place, views: Place): View {
  return view(
    'approvals',
    'Approval instances with the names of who applied, of the department and of those who have to decide now.',
    {
      source: ['i.source', source[1]],
      instance_code: ['i.instance_code', 'Code of the instance.'],
      approval_code: ['i.approval_code', 'Code of the definition.'],
      approval_name: ['i.approval_name', 'Name of the approval.'],
      serial_number: ['i.serial_number', 'Number that people see.'],
      status: ['i.status', 'PENDING, APPROVED, REJECTED, CANCELED or DELETED.'],
      reverted: ['i.reverted', 'Revoked after it was approved.'],
      applicant: ['u.name', 'Who applied.'],
      applicant_id: ['i.open_id', 'Who applied (people.open_id).'],
      department: ['d.name', 'Department of who applied.'],
      department_path: ['d.path', 'That department with those above it.'],
      current_approvers: ['t.names', 'Who has to decide now.'],
      start_time: ['i.start_time', 'When it was submitted.'],
      end_time: ['i.end_time', 'When it ended. Null while it is open.'],
      lead_time: [
        'coalesce(i.end_time, greatest(now(), i.start_time)) - i.start_time',
        'From its submission to its end, or until now.',
      ],
    },
    `${data('approval_instances')} i
left join ${data('contact_users')} u on u.source = i.source and u.open_id = i.open_id
left join ${views('departments')} d on d.source = i.source
  and i.department_id in (d.open_department_id, d.department_id)
left join lateral (
  select array_agg(distinct coalesce(a.name, t.open_id)) as names from ${data('approval_tasks')} t
  left join ${data('contact_users')} a on a.source = t.source and a.open_id = t.open_id
  where t.source = i.source and t.instance_code = i.instance_code and t.status = 'PENDING'
) t on true`,
  );
}

function approvalNodes(data: Place): View {
  return view(
    'approval_nodes',
    'The nodes that each approval instance passed or is at, with the time that each took.',
    {
      source: ['n.source', source[1]],
      instance_code: ['n.instance_code', 'Code of the instance.'],
      node_id: ['n.node_id', 'Id of the node.'],
      node_name: ['n.node_name', 'Name of the node.'],
      entered_at: ['n.entered_at', 'When its first task began.'],
      left_at: ['n.left_at', 'When its last task ended. Null while one is open.'],
      lead_time: [
        'coalesce(n.left_at, greatest(now(), n.entered_at)) - n.entered_at',
        'From the one to the other, or until now.',
      ],
      approvers: ['n.approvers', 'Whose tasks there were.'],
      tasks: ['n.tasks', 'How many tasks there were.'],
    },
    `(
  select t.source, t.instance_code, t.node_id, min(t.node_name) as node_name, min(t.start_time) as entered_at,
    case when bool_and(t.end_time is not null) then max(t.end_time) end as left_at,
    array_agg(distinct coalesce(u.name, t.open_id)) as approvers, count(*) as tasks
  from ${data('approval_tasks')} t
  left join ${data('contact_users')} u on u.source = t.source and u.open_id = t.open_id
  group by t.source, t.instance_code, t.node_id
) n`,
  );
}

function attendanceDays(data: Place, zones: Zones): View {
  const cases = [...zones].map(([name, zone]) => `when ${literal(name)} then ${literal(zone)}`);
  const zone = cases.length === 0 ? "'UTC'" : `case f.source ${cases.join(' ')} else 'UTC' end`;
  return view(
    'attendance_days',
    'The first and the last punch of each person and day, in the time zone of the source (attendance.time_zone).',
    {
      source: ['d.source', source[1]],
      user_id: ['d.user_id', 'Id of the person, of the kind that employee_type names.'],
      name: ['u.name', 'Name of the person.'],
      day: ['d.day', 'Day in the time zone of the source.'],
      first_in: ['d.first_in', 'First punch of the day.'],
      last_out: ['d.last_out', 'Last punch of the day; null when there was one only.'],
      presence: ['d.last_out - d.first_in', 'Between the two.'],
      punches: ['d.punches', 'How many punches there were.'],
    },
    `(
  select f.source, f.user_id, f.employee_type, (f.check_time at time zone ${zone})::date as day,
    min(f.check_time) as first_in, nullif(max(f.check_time), min(f.check_time)) as last_out, count(*) as punches
  from ${data('attendance_flows')} f where f.deleted_at is null group by 1, 2, 3, 4
) d left join lateral (
  select u.name from ${data('contact_users')} u where u.source = d.source
    and case d.employee_type when 'employee_no' then u.employee_no else u.user_id end = d.user_id
  order by u.deleted_at nulls first limit 1
) u on true`,
  );
}
