// QR codes (ISO/IEC 18004) without a server: bytes, level M, versions 1 to 10, for the address of a text. Written for this
// program after the standard; its test reads what it draws with another program.
(function (root) {
  "use strict";

  // Of versions 1 to 10 at level M: error correction bytes a block, blocks, and data bytes in all.
  var LEVELS = [[10, 1, 16], [16, 1, 28], [26, 1, 44], [18, 2, 64], [24, 2, 86], [16, 4, 108], [18, 4, 124], [22, 4, 154], [22, 5, 182], [26, 5, 216]];
  var ALIGNED = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

  var EXP = [];
  var LOG = [];
  for (var power = 0, value = 1; power < 255; power += 1) {
    EXP[power] = value;
    LOG[value] = power;
    value = value << 1;
    if (value & 256) value ^= 285;
  }

  function times(one, other) { return one && other ? EXP[(LOG[one] + LOG[other]) % 255] : 0; }

  function correction(data, length) {
    var generator = [1];
    for (var i = 0; i < length; i += 1) {
      var next = generator.concat([0]);
      generator.forEach(function (term, at) { next[at + 1] ^= times(term, EXP[i]); });
      generator = next;
    }
    var rest = data.concat(new Array(length).fill(0));
    data.forEach(function (byte, at) {
      var lead = rest[at];
      generator.forEach(function (term, step) { rest[at + step] ^= times(term, lead); });
    });
    return rest.slice(data.length);
  }

  function bytesOf(text) {
    var plain = unescape(encodeURIComponent(text));
    return plain.split("").map(function (letter) { return letter.charCodeAt(0); });
  }

  // Data, then corrections, a byte of each block in turn.
  function stream(bytes, version) {
    var level = LEVELS[version - 1];
    var bits = [];
    function put(number, length) { for (var i = length - 1; i >= 0; i -= 1) bits.push((number >> i) & 1); }
    put(4, 4);
    put(bytes.length, version < 10 ? 8 : 16);
    bytes.forEach(function (byte) { put(byte, 8); });
    put(0, Math.min(4, level[2] * 8 - bits.length));
    while (bits.length % 8) bits.push(0);
    var data = [];
    for (var at = 0; at < bits.length; at += 8) data.push(parseInt(bits.slice(at, at + 8).join(""), 2));
    for (var pad = 0; data.length < level[2]; pad += 1) data.push(pad % 2 ? 17 : 236);
    var blocks = [];
    var short = Math.floor(level[2] / level[1]);
    var long = level[2] % level[1];
    for (var block = 0, from = 0; block < level[1]; block += 1) {
      var length = short + (block >= level[1] - long ? 1 : 0);
      blocks.push(data.slice(from, from + length));
      from += length;
    }
    var checks = blocks.map(function (block) { return correction(block, level[0]); });
    var out = [];
    [[blocks, short + 1], [checks, level[0]]].forEach(function (part) {
      for (var i = 0; i < part[1]; i += 1) part[0].forEach(function (block) { if (i < block.length) out.push(block[i]); });
    });
    return out;
  }

  var MASKS = [
    function (r, c) { return (r + c) % 2; },
    function (r) { return r % 2; },
    function (r, c) { return c % 3; },
    function (r, c) { return (r + c) % 3; },
    function (r, c) { return (Math.floor(r / 2) + Math.floor(c / 3)) % 2; },
    function (r, c) { return (r * c) % 2 + (r * c) % 3; },
    function (r, c) { return ((r * c) % 2 + (r * c) % 3) % 2; },
    function (r, c) { return ((r + c) % 2 + (r * c) % 3) % 2; },
  ];

  function remainder(number, divisor, length) {
    var rest = number << length;
    for (var bit = 31; bit >= length; bit -= 1) if ((rest >>> bit) & 1) rest ^= divisor << (bit - length);
    return rest;
  }

  function grid(size) {
    return Array.from({ length: size }, function () { return new Array(size).fill(null); });
  }

  // What stands in every code of its version; null where data goes.
  function frame(version) {
    var size = 17 + 4 * version;
    var modules = grid(size);
    [[0, 0], [0, size - 7], [size - 7, 0]].forEach(function (corner) {
      for (var r = -1; r < 8; r += 1) {
        for (var c = -1; c < 8; c += 1) {
          var row = corner[0] + r;
          var column = corner[1] + c;
          if (row < 0 || column < 0 || row >= size || column >= size) continue;
          var ring = Math.max(Math.abs(r - 3), Math.abs(c - 3));
          modules[row][column] = ring !== 2 && ring < 4;
        }
      }
    });
    ALIGNED[version - 1].forEach(function (row) {
      ALIGNED[version - 1].forEach(function (column) {
        if (modules[row][column] !== null) return;
        for (var r = -2; r <= 2; r += 1) for (var c = -2; c <= 2; c += 1) modules[row + r][column + c] = Math.max(Math.abs(r), Math.abs(c)) !== 1;
      });
    });
    for (var i = 8; i < size - 8; i += 1) {
      modules[6][i] = i % 2 === 0;
      modules[i][6] = i % 2 === 0;
    }
    describe(modules, version, 0);
    return modules;
  }

  // Its mask, level M and, from the seventh on, its version.
  function describe(modules, version, mask) {
    var size = modules.length;
    var format = ((mask << 10) | remainder(mask, 0x537, 10)) ^ 0x5412;
    for (var i = 0; i < 15; i += 1) {
      var bit = ((format >> i) & 1) === 1;
      modules[i < 6 ? i : i < 8 ? i + 1 : size - 15 + i][8] = bit;
      modules[8][i < 8 ? size - 1 - i : i < 9 ? 7 : 14 - i] = bit;
    }
    modules[size - 8][8] = true;
    if (version < 7) return;
    var told = (version << 12) | remainder(version, 0x1f25, 12);
    for (var j = 0; j < 18; j += 1) {
      var dark = ((told >> j) & 1) === 1;
      modules[Math.floor(j / 3)][size - 11 + (j % 3)] = dark;
      modules[size - 11 + (j % 3)][Math.floor(j / 3)] = dark;
    }
  }

  function filled(bytes, version, mask) {
    var modules = frame(version);
    var size = modules.length;
    var at = 0;
    var isUp = true;
    for (var right = size - 1; right > 0; right -= 2) {
      if (right === 6) right = 5;
      for (var step = 0; step < size; step += 1) {
        var row = isUp ? size - 1 - step : step;
        for (var column = right; column > right - 2; column -= 1) {
          if (modules[row][column] !== null) continue;
          var dark = at < bytes.length * 8 && ((bytes[at >> 3] >> (7 - (at & 7))) & 1) === 1;
          modules[row][column] = dark !== (MASKS[mask](row, column) === 0);
          at += 1;
        }
      }
      isUp = !isUp;
    }
    describe(modules, version, mask);
    return modules;
  }

  // How hard it is to read, by the four rules of the standard.
  function penalty(modules) {
    var size = modules.length;
    var sum = 0;
    var dark = 0;
    function line(at) {
      var run = 0;
      var text = "";
      for (var i = 0; i < size; i += 1) {
        var here = at(i);
        text += here ? "1" : "0";
        run = i > 0 && here === at(i - 1) ? run + 1 : 1;
        if (run === 5) sum += 3;
        else if (run > 5) sum += 1;
      }
      for (var from = 0; from + 11 <= size; from += 1) {
        var part = text.slice(from, from + 11);
        if (part === "10111010000" || part === "00001011101") sum += 40;
      }
    }
    for (var i = 0; i < size; i += 1) {
      line(function (at) { return modules[i][at]; });
      line(function (at) { return modules[at][i]; });
      for (var j = 0; j < size; j += 1) {
        if (modules[i][j]) dark += 1;
        if (i && j && modules[i][j] === modules[i - 1][j] && modules[i][j] === modules[i][j - 1] && modules[i][j] === modules[i - 1][j - 1]) sum += 3;
      }
    }
    return sum + 10 * Math.floor(Math.abs(20 * dark - 10 * size * size) / (size * size));
  }

  // Null for what is too long. `path` draws it with a stroke one module wide, without the quiet zone.
  function make(text) {
    var bytes = bytesOf(text);
    var version = 1;
    while (version <= 10 && bytes.length + (version < 10 ? 2 : 3) > LEVELS[version - 1][2]) version += 1;
    if (version > 10) return null;
    var data = stream(bytes, version);
    var best = null;
    MASKS.forEach(function (_, mask) {
      var modules = filled(data, version, mask);
      var cost = penalty(modules);
      if (!best || cost < best.cost) best = { cost: cost, modules: modules };
    });
    var path = "";
    best.modules.forEach(function (row, r) {
      for (var c = 0; c < row.length; c += 1) {
        if (!row[c]) continue;
        var from = c;
        while (row[c + 1]) c += 1;
        path += "M" + from + " " + r + ".5h" + (c - from + 1);
      }
    });
    return { size: best.modules.length, modules: best.modules, path: path };
  }

  root.ScreenQr = { make: make };
})(typeof globalThis === "object" ? globalThis : self);
