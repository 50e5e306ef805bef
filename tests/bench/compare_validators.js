// Run by compare_validators, in the folder where the data and the packages are.
'use strict';
const fs = require('fs');

const schema = JSON.parse(fs.readFileSync('lignes.json', 'utf8'));
const lines = fs.readFileSync('lignes.csv', 'utf8').trimEnd().split('\n').map(line => line.split(','));
const headers = lines.shift();
const references = new Set(Array.from({length: 500}, (_, i) => 'E' + String(i).padStart(4, '0')));

// Numbers as numbers and blanks left out: what ajv is given.
const numeric = new Set(schema.fields.filter(f => f.type === 'number' || f.type === 'integer').map(f => f.name));
const objects = lines.map(line => {
    const row = {};
    headers.forEach((name, i) => {
        if (line[i] !== '') row[name] = numeric.has(name) ? Number(line[i]) : line[i];
    });
    return row;
});

function jsonSchema() {
    const properties = {}, required = [];
    for (const field of schema.fields) {
        const constraints = field.constraints || {}, property = {type: field.type};
        if (constraints.enum) property.enum = constraints.enum;
        if (constraints.pattern) property.pattern = '^(?:' + constraints.pattern + ')$';
        if (constraints.minimum !== undefined) property.minimum = constraints.minimum;
        if (constraints.maximum !== undefined) property.maximum = constraints.maximum;
        if (constraints.required) required.push(field.name);
        properties[field.name] = property;
    }
    return {type: 'object', properties, required};
}

/// Milliseconds of processor: they do not mind what else the machine does.
function cpuSince(start) {
    const usage = process.cpuUsage(start);
    return (usage.user + usage.system) / 1e3;
}

function withAjv() {
    const Ajv = require('ajv');
    const validate = new (Ajv.default || Ajv)({allErrors: true}).compile(jsonSchema());
    const unique = schema.fields.filter(f => f.constraints && f.constraints.unique).map(f => f.name);
    let best = Infinity, bestCpu = Infinity, found = 0;
    for (let run = 0; run < 5; ++run) {
        found = 0;
        const start = process.hrtime.bigint(), startCpu = process.cpuUsage();
        const seen = new Map(unique.map(name => [name, new Map()]));
        objects.forEach((row, i) => {
            if (!validate(row)) found += validate.errors.length;
            for (const name of unique) {
                if (row[name] === undefined) continue;
                if (seen.get(name).has(row[name])) ++found;
                else seen.get(name).set(row[name], i);
            }
            if (row.epci !== undefined && !references.has(row.epci)) ++found;
        });
        best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e6);
        bestCpu = Math.min(bestCpu, cpuSince(startCpu));
    }
    console.log(`ajv: ${best.toFixed(1)} ms (${bestCpu.toFixed(1)} of processor), ${found} findings`);
}

async function withTableschema() {
    const {Table} = require('tableschema');
    const start = process.hrtime.bigint(), startCpu = process.cpuUsage();
    const table = await Table.load([headers, ...lines], {schema});
    let found = 0;
    await table.read({
        forceCast: true,
        relations: {epcis: [...references].map(code => ({code}))},
    }).then(rows => rows.forEach(row => { if (row instanceof Error) found += (row.errors || [row]).length || 1; }));
    console.log(`tableschema: ${(Number(process.hrtime.bigint() - start) / 1e6).toFixed(1)} ms ` +
        `(${cpuSince(startCpu).toFixed(1)} of processor), ${found} findings`);
}

withAjv();
withTableschema().catch(error => console.log('tableschema: ' + error.message));
