#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Terrarium authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares recorded HTTP exchanges with the written contract: checkexchanges.py OPENAPI.YAML FOLDER

Every response has to be one that the contract names, with a body that its schema accepts and without a field that it does not
name; every accepted request body has to be one that the contract accepts; every operation has to have succeeded at least once.
"""
import json
import pathlib
import sys
from urllib.parse import unquote

import jsonschema
import yaml

METHODS = ('get', 'post', 'put', 'patch', 'delete')


class Contract:
    def __init__(self, path):
        self.root = yaml.safe_load(pathlib.Path(path).read_text(encoding='utf-8'))
        self.operations = {(method.upper(), template): self.resolved(item[method])
                           for template, item in self.root['paths'].items() for method in METHODS if method in item}

    def resolved(self, node):
        """Without references; the contract has no recursive schemas."""
        if isinstance(node, list):
            return [self.resolved(item) for item in node]
        if not isinstance(node, dict):
            return node
        if '$ref' in node:
            target = self.root
            for step in node['$ref'].removeprefix('#/').split('/'):
                target = target[step]
            return self.resolved(target)
        return {key: self.resolved(value) for key, value in node.items()}

    def templates_for(self, path):
        segments = [unquote(part) for part in path.split('/') if part]
        for template in self.root['paths']:
            pattern = template.strip('/').split('/')
            if len(pattern) == len(segments) and all(p.startswith('{') or p == s for p, s in zip(pattern, segments)):
                yield template

    def operation_for(self, method, path):
        for template in self.templates_for(path):
            if (method, template) in self.operations:
                return template, self.operations[method, template]
        return None, None


def closed(schema, inside_all_of=False):
    """The same schema, which refuses fields that it does not name."""
    if not isinstance(schema, dict):
        return schema
    result = dict(schema)
    for key in ('items', 'additionalProperties'):
        if key in schema:
            result[key] = closed(schema[key])
    if 'properties' in schema:
        result['properties'] = {name: closed(value) for name, value in schema['properties'].items()}
    for key in ('oneOf', 'anyOf'):
        if key in schema:
            result[key] = [closed(item) for item in schema[key]]
    if 'allOf' in schema:
        result['allOf'] = [closed(item, True) for item in schema['allOf']]
    is_object = 'properties' in schema or 'allOf' in schema
    if is_object and not inside_all_of and 'additionalProperties' not in schema:
        result['unevaluatedProperties'] = False
    return result


def problem_of(schema, value):
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    error = jsonschema.exceptions.best_match(validator.iter_errors(value))
    return f"{'/'.join(map(str, error.absolute_path)) or 'body'}: {error.message}"[:500] if error else None


def check_body(content, content_type, body):
    if content_type not in content:
        return f'content type {content_type!r} is not written down'
    schema = closed(content[content_type]['schema'])
    if content_type == 'application/json':
        return problem_of(schema, json.loads(body))
    if content_type == 'text/event-stream':
        for line in body.split('\n'):
            if line.startswith('data: ') and (problem := problem_of(schema, json.loads(line[6:]))):
                return problem
    return None


def check(contract, exchange, succeeded):
    is_head = exchange['method'] == 'HEAD'
    method = 'GET' if is_head else exchange['method']
    status = exchange['status']
    path = exchange['target'].split('?')[0]  # urlsplit() would take //x for a host
    template, operation = contract.operation_for(method, path)
    error = contract.root['components']['responses']['Error']
    if operation is None:
        wanted = (405,) if any(contract.templates_for(path)) else (404,)
        if status not in wanted + (400, 403, 429):
            return f'is not written down, but answers {status}'
        response = error
    else:
        response = operation['responses'].get(str(status))
        if response is None and status < 400:
            return f'status {status} is not written down'
        response = response or operation['responses']['default']
    if status < 400 and operation:
        succeeded.add((method, template))
        schema = operation.get('requestBody', {}).get('content', {}).get('application/json', {}).get('schema')
        if schema and exchange['request_body'] and (problem := problem_of(schema, json.loads(exchange['request_body']))):
            return f'accepts a body that the contract refuses: {problem}'
    if is_head or 'content' not in response:
        return 'has a body that is not written down' if exchange['body'] and not is_head and status != 416 else None
    return check_body(contract.resolved(response['content']), exchange['content_type'].split(';')[0], exchange['body'])


def main(openapi, folder):
    contract = Contract(openapi)
    for schema in contract.root['components']['schemas'].values():
        jsonschema.Draft202012Validator.check_schema(contract.resolved(schema))
    problems, succeeded, count = [], set(), 0
    for file in sorted(pathlib.Path(folder).glob('*.jsonl')):
        for line in file.read_text(encoding='utf-8').splitlines():
            exchange = json.loads(line)
            count += 1
            if problem := check(contract, exchange, succeeded):
                problems.append(f"{file.stem}: {exchange['method']} {exchange['target']} -> {exchange['status']}: {problem}")
    problems += [f'{method} {template} has never been seen to succeed'
                 for method, template in sorted(contract.operations.keys() - succeeded)]
    print('\n'.join(dict.fromkeys(problems)))
    print(f'{count} exchanges, {len(succeeded)} of {len(contract.operations)} operations, {len(problems)} problems')
    return 1 if problems or count == 0 else 0


if __name__ == '__main__':
    sys.exit(main(*sys.argv[1:]))
