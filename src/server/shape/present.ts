import type { SessionAnswer, SignOn as SignOnAnswer, Unit, User } from '../../contract/session.ts';
import type { Person } from '../../store/people/sessions.ts';
import type { SignOn } from '../../store/people/sign-on.ts';
import { type OrgUnit, readUnits } from '../../store/people/units.ts';
import { calendarDate, type ServerContext } from '../context.ts';

/** A unit as the client reads it. */
export function unitAnswer(unit: OrgUnit): Unit {
  return {
    unitId: unit.unitCode,
    kind: unit.kind,
    name: { 'zh-CN': unit.name, en: unit.nameEn },
    parentUnitId: unit.parentCode,
  };
}

/** A person as the client reads them: what the frame of the console shows. */
export function userAnswer(person: Person, units: readonly OrgUnit[]): User {
  const unit = units.find((other) => other.unitCode === person.unitCode);
  const { positionName, positionNameEn } = person;
  return {
    login: person.login,
    kind: person.kind,
    name: person.name,
    employeeNumber: person.employeeNumber,
    tellerNumber: person.tellerNumber,
    customerNumber: person.customerNumber,
    position:
      positionName === null || positionNameEn === null
        ? null
        : { 'zh-CN': positionName, en: positionNameEn },
    unit: unit === undefined ? null : unitAnswer(unit),
    roles: person.roles.map((role) => ({
      role: role.role,
      name: { 'zh-CN': role.name, en: role.nameEn },
      unitId: role.unitCode,
    })),
    permissions: [...new Set(person.roles.flatMap((role) => role.permissions))].sort(),
    language: person.language,
  };
}

/** The sign-on of the day as the client reads it. */
export function signOnAnswerOf(signOn: SignOn): SignOnAnswer {
  return {
    unitId: signOn.unitCode,
    accountingDate: signOn.accountingDate,
    signedOnAt: signOn.signedOnAt,
    signedOffAt: signOn.signedOffAt,
  };
}

/** All of a session that the frame of the console shows. */
export async function sessionAnswerOf(
  context: ServerContext,
  session: {
    readonly person: Person;
    readonly expiresAt: number;
    readonly signOn: SignOn | null;
    readonly accountingDate: string | null;
  },
): Promise<SessionAnswer> {
  const { database, settings } = context;
  const units = await readUnits(database, settings.cellId, calendarDate(context));
  return {
    user: userAnswer(session.person, units),
    expiresAt: session.expiresAt,
    accountingDate: session.accountingDate,
    signOn: session.signOn === null ? null : signOnAnswerOf(session.signOn),
  };
}
