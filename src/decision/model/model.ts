/** A DMN file as plain values: what the standard says and nothing of XML. */
export type DecisionModel = {
  readonly name: string;
  readonly namespace: string;
  /** The day from which the file decides ('YYYY-MM-DD'); null: always. */
  readonly effectiveFrom: string | null;
  readonly imports: readonly ImportedModel[];
  readonly types: readonly ItemDefinition[];
  readonly inputs: readonly InputData[];
  readonly decisions: readonly Decision[];
  readonly knowledge: readonly KnowledgeModel[];
  readonly services: readonly DecisionService[];
};

/** Another file whose elements are called `name.element` here. */
export type ImportedModel = { readonly name: string; readonly model: DecisionModel };

/** A type: another one by name, or members; perhaps a list of it, perhaps only some values. */
export type ItemDefinition = {
  readonly name: string;
  readonly typeRef: string | null;
  readonly isCollection: boolean;
  readonly members: readonly ItemDefinition[];
  /** A function: its parameters and result. */
  readonly functionItem: {
    readonly parameters: readonly Variable[];
    readonly result: string | null;
  } | null;
  /** Unary tests each value (of a collection each element) must pass. */
  readonly allowedValues: string | null;
  /** Unary tests the whole value must pass. */
  readonly typeConstraint: string | null;
};

export type Variable = { readonly name: string; readonly typeRef: string | null };

export type InputData = { readonly id: string; readonly name: string; readonly variable: Variable };

/** Where a requirement points: an id, in this file or in one with the namespace. */
export type Reference = { readonly namespace: string | null; readonly id: string };

export type Decision = {
  readonly id: string;
  readonly name: string;
  /** What its owner says of it, for people; null: nothing. */
  readonly description: string | null;
  readonly variable: Variable;
  readonly requirements: readonly Reference[];
  readonly logic: Boxed | null;
};

export type KnowledgeModel = {
  readonly id: string;
  readonly name: string;
  readonly variable: Variable;
  readonly requirements: readonly Reference[];
  readonly logic: BoxedFunction | null;
};

export type DecisionService = {
  readonly id: string;
  readonly name: string;
  readonly variable: Variable;
  readonly outputDecisions: readonly Reference[];
  readonly encapsulatedDecisions: readonly Reference[];
  readonly inputDecisions: readonly Reference[];
  readonly inputData: readonly Reference[];
};

export type BoxedFunction = {
  readonly kind: 'function';
  readonly id: string;
  readonly typeRef: string | null;
  readonly parameters: readonly Variable[];
  readonly body: Boxed | null;
  /** Only FEEL runs here; Java and PMML are external. */
  readonly external: boolean;
};

/** An expression in a box: text, a table, or boxes within boxes. */
export type Boxed =
  | {
      readonly kind: 'literal';
      readonly id: string;
      readonly typeRef: string | null;
      readonly text: string;
    }
  | DecisionTable
  | {
      readonly kind: 'invocation';
      readonly id: string;
      readonly typeRef: string | null;
      readonly called: Boxed | null;
      readonly bindings: readonly { readonly name: string; readonly value: Boxed | null }[];
    }
  | {
      readonly kind: 'context';
      readonly id: string;
      readonly typeRef: string | null;
      readonly entries: readonly {
        readonly variable: Variable | null;
        readonly value: Boxed | null;
      }[];
    }
  | {
      readonly kind: 'list';
      readonly id: string;
      readonly typeRef: string | null;
      readonly items: readonly Boxed[];
    }
  | {
      readonly kind: 'relation';
      readonly id: string;
      readonly typeRef: string | null;
      readonly columns: readonly Variable[];
      readonly rows: readonly (readonly Boxed[])[];
    }
  | BoxedFunction
  | {
      readonly kind: 'conditional';
      readonly id: string;
      readonly typeRef: string | null;
      readonly condition: Boxed | null;
      readonly consequence: Boxed | null;
      readonly otherwise: Boxed | null;
    }
  | {
      readonly kind: 'filter';
      readonly id: string;
      readonly typeRef: string | null;
      readonly source: Boxed | null;
      readonly match: Boxed | null;
    }
  | {
      readonly kind: 'for' | 'some' | 'every';
      readonly id: string;
      readonly typeRef: string | null;
      readonly variable: string;
      readonly source: Boxed | null;
      readonly body: Boxed | null;
    };

export type HitPolicy =
  | 'UNIQUE'
  | 'FIRST'
  | 'PRIORITY'
  | 'ANY'
  | 'COLLECT'
  | 'RULE ORDER'
  | 'OUTPUT ORDER';

export type Aggregation = 'SUM' | 'COUNT' | 'MIN' | 'MAX';

export type DecisionTable = {
  readonly kind: 'table';
  readonly id: string;
  readonly typeRef: string | null;
  readonly hitPolicy: HitPolicy;
  readonly aggregation: Aggregation | null;
  readonly inputs: readonly TableInput[];
  readonly outputs: readonly TableOutput[];
  /** Heads of the annotations of a row. */
  readonly annotations: readonly string[];
  readonly rules: readonly TableRule[];
};

export type TableInput = {
  readonly id: string;
  readonly label: string;
  readonly text: string;
  readonly typeRef: string | null;
  /** Unary tests that list what may come in. */
  readonly values: string | null;
};

export type TableOutput = {
  readonly id: string;
  readonly label: string;
  /** The member of the result; null in a table with one output. */
  readonly name: string | null;
  readonly typeRef: string | null;
  /** What may come out, best first where the hit policy asks for an order. */
  readonly values: string | null;
  readonly defaultText: string | null;
};

export type TableRule = {
  readonly id: string;
  readonly tests: readonly string[];
  readonly results: readonly string[];
  readonly annotations: readonly string[];
};
