// Run by compare_computation, in the folder where the data and the package are.
'use strict';
const fs = require('fs');
const {ckmeans} = require('simple-statistics');

const numbers = name => fs.readFileSync(name, 'utf8').trim().split('\n').map(Number);
const times = new Map(fs.readFileSync('times.csv', 'utf8').trim().split('\n').map(line => line.split(';')));

/// Sum of the squared deviations from the means of the classes.
function spread(classes) {
    let sum = 0;
    for (const members of classes) {
        const mean = members.reduce((a, b) => a + b, 0) / members.length;
        for (const value of members) sum += (value - mean) ** 2;
    }
    return sum;
}

function classesOf(values, bounds) {
    const classes = bounds.slice(1).map(() => []);
    for (const value of values) {
        let index = 0;
        while (index + 2 < bounds.length && value >= bounds[index + 1]) ++index;
        classes[index].push(value);
    }
    return classes;
}

for (const size of ['1255', '35000']) {
    const values = numbers(`valeurs_${size}.csv`);
    let best = Infinity, theirs;
    for (let run = 0; run < 7; ++run) {
        const start = process.cpuUsage();
        theirs = ckmeans(values, 7);
        const usage = process.cpuUsage(start);
        best = Math.min(best, (usage.user + usage.system) / 1e3);
    }
    const ratio = spread(classesOf(values, numbers(`bornes_${size}.csv`))) / spread(theirs);
    if (Math.abs(ratio - 1) > 1e-9) {
        console.error(`simple-statistics : l'optimum diffère de Pacte (${ratio})`);
        process.exit(1);
    }
    const what = `simple-statistics ckmeans, 7 classes of ${size} values`;
    console.log(`${what.padEnd(64)} ${best.toFixed(2).padStart(9)} ms   ` +
        `${(best / Number(times.get('bornes_' + size))).toFixed(1).padStart(6)} times   same optimum`);
}
