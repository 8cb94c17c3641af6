import { ServiceError } from '../wire/errors.ts';
import type { JsonMembers } from '../wire/json.ts';
import type { Parameter } from './ssmParameters.ts';
import { checkLength, refuseConstraint } from './ssmValidation.ts';

/** Keys of a ParameterStringFilter, and those that GetParametersByPath takes (API reference). */
const KEY_PATTERN = 'tag:.+|Name|Type|KeyId|Path|Label|Tier|DataType';
const KEYS = ['Type', 'KeyId', 'Label'];

const OPTIONS = ['BeginsWith', 'Equals'];
const TYPES = ['String', 'StringList', 'SecureString'];
const MAX_VALUES = 50;

/**
 * The test for a request's ParameterFilters, all of which must match.
 *
 * @throws ServiceError ValidationException, InvalidFilterKey, InvalidFilterOption, InvalidFilterValue
 */
export function parameterTest(filters: readonly JsonMembers[]): (parameter: Parameter) => boolean {
  const tests = filters.map(filterTest);
  return (parameter) => tests.every((test) => test(parameter));
}

function filterTest(filter: JsonMembers, at: number): (parameter: Parameter) => boolean {
  const member = `parameterFilters.${at + 1}.member`;
  const key = filter.string('Key') ?? refuseConstraint('null', `${member}.key`, 'Member must not be null');
  const option = filter.string('Option') ?? 'Equals';
  const values = filter.strings('Values');
  if (!new RegExp(`^(${KEY_PATTERN})$`).test(key)) {
    refuseConstraint(`'${key}'`, `${member}.key`, `Member must satisfy regular expression pattern: ${KEY_PATTERN}`);
  }
  if (values) {
    checkLength(`[${values.join(', ')}]`, `${member}.values`, values.length, MAX_VALUES);
  }
  if (!KEYS.includes(key)) {
    throw new ServiceError(
      'InvalidFilterKey',
      // SSM takes Label, although its message does not list it (getmoto/moto, test_get_parameters_by_path).
      `The following filter key is not valid: ${key}. Valid filter keys include: [Type, KeyId].`,
    );
  }
  if (!OPTIONS.includes(option)) {
    throw new ServiceError(
      'InvalidFilterOption',
      `The following filter option is not valid: ${option}. Valid options include: [${OPTIONS.join(', ')}].`,
    );
  }
  if (!values) {
    throw new ServiceError(
      'InvalidFilterValue',
      `The following filter values are missing : null for filter key ${key}`,
    );
  }
  const wrong = key === 'Type' ? values.find((value) => !TYPES.includes(value)) : undefined;
  if (wrong !== undefined) {
    throw new ServiceError(
      'InvalidFilterValue',
      `The following filter value is not valid: ${wrong}. Valid values include: [${TYPES.join(', ')}].`,
    );
  }
  // AWS's parameters are not encrypted and have no labels.
  return ({ Type }) =>
    key === 'Type' && values.some((value) => (option === 'Equals' ? Type === value : Type.startsWith(value)));
}
