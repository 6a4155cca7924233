/* Draws the charts of a page. The rows come as scripts, so that it works from a folder as well as from a server. */
const site = (() => {
  'use strict';

  /** The charts show the finest width that has no more buckets than this in the range. */
  const MAX_POINTS = 2400;
  const HOUR = 3600e3, DAY = 24 * HOUR, YEAR = 365.25 * DAY;
  const UNITS = {s: 1e3, m: 60e3, h: HOUR, d: DAY, w: 7 * DAY, mo: YEAR / 12, q: YEAR / 4, y: YEAR};
  const RANGES = [['All', Infinity], ['1 year', YEAR], ['3 months', YEAR / 4], ['1 month', YEAR / 12], ['1 week', 7 * DAY]];
  /** So many buckets may be missing before a line is broken. */
  const MAX_MISSING = 2;
  const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

  let page, widths, first, last, length = Infinity, end;
  const loaded = {}, waiting = {}, drawn = [], hidden = new Set();

  /* ---- which rows ---- */

  /** The width of a bucket in ms, of a name such as res=1h; 0 when the name does not say. */
  function bucket(name) {
    const parts = /(\d+)\s*(s|mo|m|h|d|w|q|y)$/.exec(name);
    return parts ? parts[1] * UNITS[parts[2]] : 0;
  }

  /** How many buckets a range has at most. */
  function points(name, from, to) {
    const inFiles = page.widths[name].files
      .filter(f => f.end > from && f.start < to)
      .reduce((sum, f) => sum + f.rows, 0);
    return bucket(name) ? Math.min(inFiles, Math.ceil((to - from) / bucket(name))) : inFiles;
  }

  function finest(from, to) {
    return widths.find(name => points(name, from, to) <= MAX_POINTS) ?? widths[widths.length - 1];
  }

  /** Loads the rows of a width once, then goes on. */
  function load(name, then) {
    if (loaded[name]) {
      then(loaded[name]);
      return;
    }
    const isLoading = name in waiting;
    waiting[name] = then;
    if (!isLoading) {
      const script = document.createElement('script');
      script.src = page.widths[name].script;
      script.onerror = () => {
        delete waiting[name];
        tell(`${script.src} cannot be loaded.`);
      };
      document.head.append(script);
    }
  }

  /** Called by the script of a width. */
  function take(name, rows) {
    loaded[name] = new Map(rows.map(row => [row.field, row]));
    waiting[name]?.(loaded[name]);
    delete waiting[name];
  }

  /** Reads what data.js writes, once: times, values, and the lowest and highest around them. */
  function columns(row) {
    if (!row.columns) {
      const items = row.readings.split(','), scale = 10 ** Math.abs(row.digits);
      const value = row.digits < 0 ? n => n * scale : n => n / scale;
      const all = {x: [], y: [], low: [], high: []};
      let t = row.first, n = 0;
      items.forEach((item, i) => {
        const colon = item.indexOf(':');
        const [change, below = 0, above = below] = item.slice(colon + 1).split('_').map(Number);
        if (i > 0) t += (colon < 0 ? 1 : Number(item.slice(0, colon))) * row.step;
        n += change;
        all.x.push(t);
        all.y.push(value(n));
        all.low.push(value(n - below));
        all.high.push(value(n + above));
      });
      row.columns = all;
    }
    return row.columns;
  }

  function lowerBound(sorted, value) {
    let low = 0, high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < value) low = middle + 1; else high = middle;
    }
    return low;
  }

  /** The points in a range; where buckets are missing a point without a value breaks the line. */
  function line(row, key, from, to) {
    const {x, [key]: y} = columns(row), all = [];
    for (let i = lowerBound(x, from); i < x.length && x[i] < to; i++) {
      if (all.length > 0 && x[i] - x[i - 1] > (MAX_MISSING + 1) * row.step) {
        all.push({x: x[i - 1] + row.step, y: NaN});
      }
      all.push({x: x[i], y: y[i]});
    }
    return all;
  }

  /* ---- the axis of time ---- */

  const STEPS = [[1, 'h'], [3, 'h'], [6, 'h'], [12, 'h'], [1, 'd'], [2, 'd'], [7, 'd'], [14, 'd'],
    [1, 'mo'], [2, 'mo'], [3, 'mo'], [6, 'mo'], [1, 'y'], [2, 'y'], [5, 'y'], [10, 'y']];

  function ticks(from, to, most) {
    const [count, unit] = STEPS.find(([n, u]) => (to - from) / (n * UNITS[u]) <= most) ?? STEPS[STEPS.length - 1];
    const all = [];
    if (unit === 'h' || unit === 'd') {
      const step = count * UNITS[unit];
      for (let t = Math.ceil(from / step) * step; t <= to; t += step) all.push(t);
    } else {
      const months = unit === 'y' ? 12 * count : count, begin = new Date(from);
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
      case 'h': return t % DAY === 0 || before === undefined ? [time(d), day] : time(d);
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

  function timeAxis(from, to, look) {
    return {
      type: 'linear', min: from, max: to,
      afterBuildTicks(axis) {
        const {all, unit} = ticks(axis.min, axis.max, Math.max(2, Math.floor(axis.width / 60)));
        axis.ticks = all.map((t, i) => ({value: t, label: tickText(t, unit, all[i - 1])}));
      },
      ticks: {color: look.soft, autoSkip: false, maxRotation: 0, callback: (_, i, all) => all[i].label},
      grid: {color: look.line}, border: {color: look.line},
    };
  }

  /** As wide in every chart, so that their times are one above the other. */
  function valueAxis(look) {
    return {
      ticks: {color: look.soft, maxTicksLimit: 7},
      grid: {color: look.line}, border: {color: look.line},
      afterFit: axis => { axis.width = 66; },
    };
  }

  /* ---- charts ---- */

  /** The colours are those of the style, and change with it. */
  function colours() {
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue(name).trim();
    return {soft: colour('--soft'), line: colour('--line'), lines: colour('--line-colours').split(/\s*,\s*/)};
  }

  /** The sets of one line: both edges of the band around it, and itself. */
  function sets(label, colour, row, from, to) {
    const edge = {label, borderWidth: 0, pointRadius: 0, pointHoverRadius: 0, isEdge: true};
    const data = line(row, 'y', from, to);
    const isAlone = i => !Number.isFinite(data[i - 1]?.y) && !Number.isFinite(data[i + 1]?.y);
    return [
      {...edge, data: line(row, 'low', from, to)},
      {...edge, data: line(row, 'high', from, to), fill: '-1', backgroundColor: colour + '33'},
      {label, data, digits: row.digits, borderColor: colour, backgroundColor: colour, borderWidth: 1.5,
        pointRadius: context => isAlone(context.dataIndex) ? 2 : 0, pointHitRadius: 4},
    ];
  }

  /** What is in a chart: [label, row] for each line; several columns of one instrument go by their own names. */
  function lines(chart, table) {
    return chart.instruments.flatMap(instrument => {
      const fields = [...new Set(instrument.columns.map(column => column.replace(/[.](avg|min|max)$/, '')))];
      return fields.filter(field => table.has(field))
        .map(field => [fields.length > 1 ? field : instrument.label, table.get(field)]);
    });
  }

  function tooltip(unit) {
    return {
      filter: item => !item.dataset.isEdge,
      callbacks: {
        title: items => items.length ? moment(items[0].parsed.x) + ' UTC' : '',
        label(item) {
          const {data} = item.chart, at = item.dataIndex, digits = item.dataset.digits;
          const number = y => y.toLocaleString('en', {maximumFractionDigits: Math.max(0, digits)});
          const [low, high] = [2, 1].map(before => data.datasets[item.datasetIndex - before].data[at].y);
          return ` ${item.dataset.label}: ${number(item.parsed.y)} ${unit}`
            + (low < high ? ` (${number(low)} to ${number(high)})` : '');
        },
      },
    };
  }

  /** Tells what the chart has drawn: for each line how many points, and of the last its value and digits. */
  const tellPoints = {
    id: 'tellPoints',
    afterDraw(chart) {
      const points = {}, last = {};
      chart.data.datasets.forEach((set, i) => {
        if (!set.isEdge) {
          const places = chart.getDatasetMeta(i).data;
          const drawn = set.data.filter((_, at) => !places[at].skip && Number.isFinite(places[at].y));
          points[set.label] = drawn.length;
          last[set.label] = [drawn.at(-1)?.y, set.digits];
        }
      });
      chart.canvas.dataset.points = JSON.stringify(points);
      chart.canvas.dataset.last = JSON.stringify(last);
    },
  };

  /** Names the lines; a click takes one away from all charts, or brings it back. */
  function legend(place, labels, colourOf, redraw) {
    const names = labels.map(label => {
      const made = button(label, !hidden.has(label), true, () => {
        hidden.has(label) ? hidden.delete(label) : hidden.add(label);
        redraw();
      });
      made.style.setProperty('--colour', colourOf(label));
      return made;
    });
    // One line that has no name needs no legend.
    const isPlain = labels.length === 1 && labels[0] === '';
    replace(place, isPlain ? [] : names.length > 0 ? names : ['No readings in this time.']);
  }

  function draw(name, table, from, to) {
    const look = colours(), perChart = page.charts.map(chart => lines(chart, table));
    const labels = [...new Set(perChart.flat().map(([label]) => label))].sort();
    const colourOf = label => look.lines[labels.indexOf(label) % look.lines.length];
    page.charts.forEach((chart, i) => {
      const section = document.querySelectorAll('section')[i], canvas = section.querySelector('canvas');
      const there = perChart[i].filter(([, row]) => line(row, 'y', from, to).length > 0);
      const datasets = there.filter(([label]) => !hidden.has(label))
        .flatMap(([label, row]) => sets(label, colourOf(label), row, from, to));
      section.classList.toggle('empty', there.length === 0);
      legend(section.querySelector('.legend'), there.map(([label]) => label), colourOf, () => draw(name, table, from, to));
      drawn[i] ??= new Chart(canvas, {type: 'line', data: {datasets: []}, plugins: [tellPoints]});
      canvas.dataset.width = name;
      drawn[i].data.datasets = datasets;
      drawn[i].options = {
        animation: false, parsing: false, normalized: true, spanGaps: false, maintainAspectRatio: false,
        interaction: {mode: 'nearest', axis: 'x', intersect: false},
        scales: {x: timeAxis(from, to, look), y: valueAxis(look)},
        plugins: {legend: {display: false}, tooltip: tooltip(chart.unit)},
      };
      drawn[i].update();
    });
    tell(`${moment(from)} to ${moment(to)}, at ${name.replace('res=', '')}: averages, with the lowest and highest around them`);
    document.body.dataset.from = from;
    document.body.dataset.to = to;
  }

  function tell(text) {
    document.getElementById('shown').textContent = text;
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

  /** Puts others in place of what is there; who is on one of them with the keyboard stays there. */
  function replace(place, made) {
    const at = [...place.children].indexOf(document.activeElement);
    place.replaceChildren(...made);
    place.children[at]?.focus();
  }

  function buttons() {
    const step = to => () => {
      end = Math.min(last, Math.max(first + length, to));
      show();
    };
    replace(document.getElementById('ranges'), [
      ...RANGES.map(([text, wanted]) => button(text, length === wanted, true, () => {
        length = wanted;
        end = Math.min(last, Math.max(first + wanted, end));
        show();
      })),
      button('◀ earlier', null, length < Infinity && end - length > first, step(end - length)),
      button('later ▶', null, length < Infinity && end < last, step(end + length))]);
  }

  /** Begins: what there is, and what is to be drawn. page.html?1+week begins with a range of that name. */
  function start(given) {
    page = given;
    widths = Object.keys(page.widths).sort((a, b) => bucket(a) - bucket(b));
    if (page.first === undefined || widths.length === 0) {
      tell('There are no readings.');
      return;
    }
    first = page.first;
    last = page.last + (bucket(widths[0]) || 1);
    end = last;
    const wanted = decodeURIComponent(location.search.slice(1).replaceAll('+', ' '));
    length = RANGES.find(([text]) => text === wanted)?.[1] ?? Infinity;
    show();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', show);
  }

  return {page: start, rows: take};
})();
