import { z } from 'zod';
import { bilingualShape, dateShape, instantShape, languageShape, unitIdShape } from './shapes.ts';

export const orgUnitKindShape = z
  .enum([
    'head_office',
    'provincial_branch',
    'city_branch',
    'sub_branch',
    'outlet',
    'representative_office',
    'business_unit',
    'department',
    'centre',
    'sub_centre',
  ])
  .meta({ id: 'OrgUnitKind' });
export type OrgUnitKind = z.infer<typeof orgUnitKindShape>;

/** A node of the bank's tree, 机构. */
export const unitShape = z
  .strictObject({
    unitId: unitIdShape,
    kind: orgUnitKindShape,
    name: bilingualShape,
    parentUnitId: unitIdShape.nullable(),
  })
  .meta({ id: 'Unit' });
export type Unit = z.infer<typeof unitShape>;

/** A role held at a unit; a lane of a process names the role. */
export const heldRoleShape = z
  .strictObject({ role: z.string(), name: bilingualShape, unitId: unitIdShape })
  .meta({ id: 'HeldRole' });
export type HeldRole = z.infer<typeof heldRoleShape>;

export const userKindShape = z.enum(['employee', 'customer', 'robot']).meta({ id: 'UserKind' });

/** Who is signed in: one login of one person. */
export const userShape = z
  .strictObject({
    login: z.string(),
    kind: userKindShape,
    name: z.string(),
    employeeNumber: z.string().nullable(),
    /** 柜员号, shown in the frame and printed on papers. */
    tellerNumber: z.string().nullable(),
    customerNumber: z.string().nullable(),
    position: bilingualShape.nullable(),
    unit: unitShape.nullable(),
    roles: z.array(heldRoleShape),
    /** What the roles allow in the software; the server checks each again. */
    permissions: z.array(z.string()),
    language: languageShape,
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof userShape>;

/** The sign-on of the day, 签到: who works at which unit on which accounting date. */
export const signOnShape = z
  .strictObject({
    unitId: unitIdShape,
    accountingDate: dateShape,
    signedOnAt: instantShape,
    signedOffAt: instantShape.nullable(),
  })
  .meta({ id: 'SignOn' });
export type SignOn = z.infer<typeof signOnShape>;

/** Longest password taken; longer ones only cost the server time. */
export const passwordCharactersMax = 128;

/** POST /api/session */
export const signInRequest = z
  .strictObject({
    login: z.string().min(1).max(64),
    password: z.string().min(1).max(passwordCharactersMax),
  })
  .meta({ id: 'SignIn' });
export type SignInRequest = z.infer<typeof signInRequest>;

/** GET /api/session */
export const sessionAnswer = z
  .strictObject({
    user: userShape,
    expiresAt: instantShape,
    accountingDate: dateShape.nullable(),
    signOn: signOnShape.nullable(),
  })
  .meta({ id: 'Session' });
export type SessionAnswer = z.infer<typeof sessionAnswer>;

/** Answer of POST /api/session: the session and its token, which is also set as a cookie. */
export const signInAnswer = z
  .strictObject({ token: z.string(), ...sessionAnswer.shape })
  .meta({ id: 'SignedIn' });
export type SignInAnswer = z.infer<typeof signInAnswer>;

/** PUT /api/session/sign-on: where the day's work is done; default the user's own unit. */
export const signOnRequest = z
  .strictObject({ unitId: unitIdShape.optional() })
  .meta({ id: 'SignOnRequest' });

export const signOnAnswer = z.strictObject({ signOn: signOnShape }).meta({ id: 'SignOnAnswer' });

/** DELETE /api/session */
export const signedOutAnswer = z
  .strictObject({ signedOut: z.literal(true) })
  .meta({ id: 'SignedOut' });

/** GET /api/demo/people: whom one can be in the demo bank. Served by the demo bank alone. */
export const demoPeopleAnswer = z
  .strictObject({ people: z.array(userShape) })
  .meta({ id: 'DemoPeople' });
