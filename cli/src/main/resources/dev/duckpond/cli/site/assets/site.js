/* Draws the charts of a page. The rows come as scripts, so that it works from a folder as well as from a server. */
const site = (() => {
  'use strict';

  /** A chart shows the finest width that has no more points than this in the range. */
  const MAX_POINTS = 2000;
  const HOUR = 3600e3, DAY = 24 * HOUR, YEAR = 365.25 * DAY;
  const UNITS = {s: 1e3, m: 60e3, h: HOUR, d: DAY, w: 7 * DAY, mo: YEAR / 12, q: YEAR / 4, y: YEAR};
  const RANGES = [['All', Infinity], ['1 year', YEAR], ['3 months', YEAR / 4], ['1 month', YEAR / 12], ['1 week', 7 * DAY]];
  /* Told apart with every kind of colour vision. */
  const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#7a5195', '#4d4d4d'];
  const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  const NOTHING = {timestamp: []};

  let page, first, last, length = Infinity, end;
  const rows = {}, waiting = {}, drawn = [];

  /* ---- which rows ---- */

  /** The width of a bucket in ms, of a name such as res=1h; 0 when the name does not say. */
  function bucket(name) {
    const parts = /(\d+)\s*(s|mo|m|h|d|w|q|y)$/.exec(name);
    return parts ? parts[1] * UNITS[parts[2]] : 0;
  }

  /** How many points a range has at most. */
  function points(name, from, to) {
    const inFiles = page.widths[name].files
      .filter(f => f.end > Math.max(from, page.since) && f.start < to)
      .reduce((sum, f) => sum + f.rows, 0);
    return bucket(name) ? Math.min(inFiles, Math.ceil((to - from) / bucket(name))) : inFiles;
  }

  function finest(from, to) {
    const names = Object.keys(page.widths).sort((a, b) => bucket(a) - bucket(b));
    return names.find(name => points(name, from, to) <= MAX_POINTS) ?? names[names.length - 1];
  }

  /** Loads the rows of a width once, then goes on. */
  function load(name, then) {
    if (rows[name]) {
      then(rows[name]);
      return;
    }
    const isLoading = name in waiting;
    waiting[name] = then;
    if (!isLoading) {
      const script = document.createElement('script');
      script.src = page.widths[name].script;
      document.head.append(script);
    }
  }

  /** Called by the script of a width. */
  function take(name, table) {
    rows[name] = table.timestamp ? table : NOTHING;
    waiting[name]?.(rows[name]);
    delete waiting[name];
  }

  function lowerBound(sorted, value) {
    let low = 0, high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < value) low = middle + 1; else high = middle;
    }
    return low;
  }

  /** The points of a column; where buckets are missing a point without a value breaks the line. */
  function line(table, column, range, width) {
    const times = table.timestamp, values = table[column] ?? [], all = [];
    for (let i = range[0]; i < range[1]; i++) {
      if (width && i > range[0] && times[i] - times[i - 1] > 3 * width) {
        all.push({x: times[i - 1] + width, y: NaN});
      }
      all.push({x: times[i], y: Number.isFinite(values[i]) ? values[i] : NaN});
    }
    return all;
  }

  /* ---- the axis of time ---- */

  const STEPS = [[1, 'h'], [3, 'h'], [6, 'h'], [12, 'h'], [1, 'd'], [2, 'd'], [7, 'd'], [14, 'd'],
    [1, 'mo'], [2, 'mo'], [3, 'mo'], [6, 'mo'], [1, 'y'], [2, 'y'], [5, 'y'], [10, 'y']];

  function ticks(from, to, most) {
    const [count, unit] = STEPS.find(([n, u]) => (to - from) / (n * UNITS[u]) <= most) ?? STEPS[STEPS.length - 1];
    const all = [];
    const begin = new Date(from);
    if (unit === 'h' || unit === 'd') {
      const step = count * UNITS[unit];
      for (let t = Math.ceil(from / step) * step; t <= to; t += step) all.push(t);
    } else {
      const months = unit === 'y' ? 12 * count : count;
      let month = Math.floor((begin.getUTCFullYear() * 12 + begin.getUTCMonth()) / months) * months;
      for (;; month += months) {
        const at = Date.UTC(Math.floor(month / 12), month % 12);
        if (at > to) break;
        if (at >= from) all.push(at);
      }
    }
    return {all, unit};
  }

  function tickText(t, unit, before) {
    const d = new Date(t), day = d.getUTCDate() + ' ' + MONTHS[d.getUTCMonth()];
    const isNewYear = before === undefined || new Date(before).getUTCFullYear() !== d.getUTCFullYear();
    switch (unit) {
      case 'h': return t % DAY === 0 || before === undefined
        ? [time(d), day] : time(d);
      case 'd': return isNewYear ? [day, String(d.getUTCFullYear())] : day;
      case 'mo': return isNewYear ? [MONTHS[d.getUTCMonth()], String(d.getUTCFullYear())] : MONTHS[d.getUTCMonth()];
      default: return String(d.getUTCFullYear());
    }
  }

  function time(date) {
    return date.toISOString().slice(11, 16);
  }

  function moment(t) {
    const d = new Date(t);
    return `${d.getUTCDate()} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()} ${time(d)}`;
  }

  const timeAxis = {
    type: 'linear',
    afterBuildTicks(axis) {
      const {all, unit} = ticks(axis.min, axis.max, Math.max(2, Math.floor(axis.width / 75)));
      axis.ticks = all.map((t, i) => ({value: t, label: tickText(t, unit, all[i - 1])}));
    },
    ticks: {autoSkip: false, maxRotation: 0, callback: (_, i, all) => all[i].label},
    grid: {color: '#eef1f4'},
  };

  /* ---- charts ---- */

  function number(value) {
    return value.toLocaleString('en', {maximumSignificantDigits: 5});
  }

  /** Three sets for a series: both edges of the band, and the line in it. */
  function sets(series, colour, table, range, width) {
    const columns = series.columns;
    const middle = columns.avg ?? columns.median ?? columns[''] ?? Object.values(columns)[0];
    const edge = {borderWidth: 0, pointRadius: 0, pointHoverRadius: 0, isEdge: true};
    const all = [];
    if (columns.min && columns.max) {
      all.push({...edge, label: series.label, data: line(table, columns.min, range, width)});
      all.push({...edge, label: series.label, data: line(table, columns.max, range, width),
        fill: '-1', backgroundColor: colour + '33'});
    }
    const data = line(table, middle, range, width);
    all.push({label: series.label, data, borderColor: colour, backgroundColor: colour, borderWidth: 1.5,
      pointRadius: data.length > 1 ? 0 : 3, pointHitRadius: 4});
    return all;
  }

  function options(chart) {
    return {
      animation: false, parsing: false, normalized: true, spanGaps: false, maintainAspectRatio: false,
      interaction: {mode: 'nearest', axis: 'x', intersect: false},
      scales: {x: {...timeAxis}, y: {grace: '4%', grid: {color: '#eef1f4'},
        title: {display: chart.unit !== '', text: chart.unit}}},
      plugins: {
        legend: {
          position: 'top', align: 'start',
          labels: {boxWidth: 14, boxHeight: 2, filter: (item, data) => !data.datasets[item.datasetIndex].isEdge},
          onClick(_, item, legend) {
            const isHidden = legend.chart.isDatasetVisible(item.datasetIndex);
            legend.chart.data.datasets.forEach((set, i) => {
              if (set.label === item.text) legend.chart.setDatasetVisibility(i, !isHidden);
            });
            legend.chart.update();
          },
        },
        tooltip: {
          filter: item => !item.dataset.isEdge,
          callbacks: {
            title: items => items.length ? moment(items[0].parsed.x) + ' UTC' : '',
            label(item) {
              const around = item.chart.data.datasets.slice(Math.max(0, item.datasetIndex - 2), item.datasetIndex)
                .filter(set => set.isEdge && set.label === item.dataset.label)
                .map(set => number(set.data[item.dataIndex].y));
              return ` ${item.dataset.label}: ${number(item.parsed.y)} ${chart.unit}`
                + (around.length === 2 ? ` (${around[0]} to ${around[1]})` : '');
            },
          },
        },
      },
    };
  }

  /** Tells, of what the chart has drawn, how many points each line has: {label: points}. */
  const tellPoints = {
    id: 'tellPoints',
    afterDraw(chart) {
      const told = {};
      chart.data.datasets.forEach((set, i) => {
        if (!set.isEdge && chart.isDatasetVisible(i)) {
          told[set.label] = chart.getDatasetMeta(i).data.filter(point => !point.skip && Number.isFinite(point.y)).length;
        }
      });
      chart.canvas.dataset.points = JSON.stringify(told);
    },
  };

  function draw(name, table, from, to) {
    const range = [lowerBound(table.timestamp, from), lowerBound(table.timestamp, to)];
    const labels = [...new Set(page.charts.flatMap(chart => chart.series.map(series => series.label)))].sort();
    page.charts.forEach((chart, i) => {
      const datasets = chart.series.flatMap(series =>
        sets(series, COLOURS[labels.indexOf(series.label) % COLOURS.length], table, range, bucket(name)));
      if (!drawn[i]) {
        const canvas = document.querySelectorAll('canvas')[i];
        drawn[i] = new Chart(canvas, {type: 'line', data: {datasets}, options: options(chart), plugins: [tellPoints]});
      }
      drawn[i].options.scales.x.min = from;
      drawn[i].options.scales.x.max = to;
      drawn[i].data.datasets = datasets;
      drawn[i].canvas.dataset.width = name;
      drawn[i].update();
    });
    document.getElementById('shown').textContent =
      `${moment(from)} to ${moment(to)}; averages, with the lowest and highest around them, at ${name.replace('res=', '')}`;
    document.body.dataset.from = from;
    document.body.dataset.to = to;
  }

  function show() {
    const from = Math.max(first, end - length), to = Math.max(end, from + HOUR);
    buttons();
    const name = finest(from, to);
    load(name, table => draw(name, table, from, to));
  }

  function button(text, isPressed, isEnabled, press) {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = text;
    made.disabled = !isEnabled;
    if (isPressed !== null) made.setAttribute('aria-pressed', isPressed);
    made.onclick = press;
    return made;
  }

  function buttons() {
    const step = to => () => {
      end = Math.min(last, Math.max(first + length, to));
      show();
    };
    document.getElementById('ranges').replaceChildren(
      ...RANGES.map(([text, wanted]) => button(text, length === wanted, true, () => {
        length = wanted;
        end = Math.min(last, Math.max(first + wanted, end));
        show();
      })),
      button('◀ earlier', null, length < Infinity && end - length > first, step(end - length)),
      button('later ▶', null, length < Infinity && end < last, step(end + length)));
  }

  /** Begins: what there is, and what is to be drawn. */
  function start(given) {
    page = given;
    const names = Object.keys(page.widths).sort((a, b) => bucket(a) - bucket(b));
    // The widest has the fewest rows, and tells where the others begin and end.
    load(names[names.length - 1], table => {
      if (table.timestamp.length === 0) {
        document.getElementById('shown').textContent = 'There are no readings.';
        return;
      }
      first = table.timestamp[0];
      last = table.timestamp[table.timestamp.length - 1] + (bucket(names[names.length - 1]) || 1);
      end = last;
      show();
    });
  }

  return {page: start, rows: take};
})();
