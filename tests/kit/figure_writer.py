#!/usr/bin/env python3
"""A second writer of Vietnamese figures, that shares nothing with the reader that it tries: written from domain.md 2.5 and 4.5
alone, standard library only, exact decimals.

    writer.py SEED LINES   ->  value <TAB> style <TAB> text <TAB> words

`value`  plain decimal digits, with every place that is written.
`style`  `column;convention;region;sureness;measure;hedge;mark`. Lines of one column follow one convention: `vi` (1.234,5),
         `en` (1,234.5) or `-` (no sign that would tell them apart). `doubt`: whoever sees this line alone cannot know.
`words`  the value read aloud, without its measure.
"""
import decimal
import random
import sys
import unicodedata

decimal.getcontext().prec = 60
D = decimal.Decimal

UNITS = "không một hai ba bốn năm sáu bảy tám chín".split()


# ---- words -------------------------------------------------------------------------------------------------------------------

def below_hundred(n):
    """2..99 as it stands alone: mười lăm, hai mươi mốt, chín mươi tư."""
    if n < 10:
        return UNITS[n]
    tens, one = divmod(n, 10)
    head = "mười" if tens == 1 else UNITS[tens] + " mươi"
    if one == 0:
        return head
    if one == 5:
        return head + " lăm"
    if tens > 1 and one == 1:
        return head + " mốt"
    if tens > 1 and one == 4:
        return head + " tư"
    return head + " " + UNITS[one]


def tables(region):
    """All groups of three: as they begin a number, and as they follow another group (không trăm linh năm)."""
    zero_tens = "linh" if region == "north" else "lẻ"
    first, inner = [], []
    for n in range(1000):
        hundreds, rest = divmod(n, 100)
        tail = ""
        if 0 < rest < 10:
            tail = f" {zero_tens} {UNITS[rest]}"
        elif rest:
            tail = " " + below_hundred(rest)
        inner.append(UNITS[hundreds] + " trăm" + tail)
        first.append(inner[n] if hundreds else below_hundred(rest) if rest else "")
    return first, inner


TABLES = {region: tables(region) for region in ("north", "south")}


def whole_words(n, region, goes_before=False):
    """From the top: billions of billions, each taken off and told; what is nothing is not told."""
    thousand = "nghìn" if region == "north" else "ngàn"
    if n == 0:
        return "" if goes_before else "không"
    said = []
    steps = [(10 ** (9 * k + p), (name + " tỷ" * k).strip())
             for k in (3, 2, 1, 0) for p, name in ((6, "triệu"), (3, thousand), (0, ""))]
    block = None
    for size, name in steps:
        group, n = divmod(n, size)
        # The last name of a block of nine digits is said once for all of it: một triệu hai nghìn tỷ.
        billions = name.count("tỷ")
        bare = name.replace("tỷ", "").strip()
        if group:
            table = TABLES[region][1 if said else 0]
            said.append(table[group])
            if bare:
                said.append(bare)
            block = billions
        if not bare and block == billions:
            said.extend(["tỷ"] * billions)
    return " ".join(said)


def words(value, region):
    sign, digits, exponent = value.as_tuple()
    text = "".join(map(str, digits))
    places = -exponent
    text = text.rjust(places + 1, "0")
    whole, rest = (text[:-places], text[-places:]) if places else (text, "")
    out = whole_words(int(whole), region)
    if rest:
        out += " phẩy "
        if len(rest) <= 2 and rest[0] != "0":
            out += below_hundred(int(rest))
        else:
            out += " ".join(UNITS[int(d)] for d in rest)
    if sign and any(digits):
        out = "âm " + out
    return out


# ---- text --------------------------------------------------------------------------------------------------------------------

MONEY = {
    "đồng": ["đồng", "đ", " đ", "₫", "VNĐ", "Đồng", "vnđ"],
    "nghìn đồng": ["nghìn đồng", "ngàn đồng", "Nghìn đồng"],
    "triệu đồng": ["triệu đồng", "trđ", "tr.đ", "tr đ", "Triệu đồng", "triệu", "triệu đ", "TRIỆU ĐỒNG"],
    "tỷ đồng": ["tỷ đồng", "tỉ đồng", "tỷ", "tỉ", "tỷ đ", "Tỷ đồng"],
}
PARTS = {
    "%": ["%", " %", "phần trăm"],
    "điểm %": ["điểm %", "điểm phần trăm"],
    "%/năm": ["%/năm", " %/năm"],
    "triệu đồng/hộ": ["triệu đồng/hộ", "trđ/hộ"],
    "ha": ["ha"],
    "tấn": ["tấn"],
    "m²": ["m²", "m2"],
}
COUNTED = {
    "hộ": ["hộ"],
    "lượt hộ": ["lượt hộ", "Lượt hộ"],
    "người": ["người"],
    "lao động": ["lao động"],
    "khách hàng": ["khách hàng"],
    "tổ": ["tổ"],
    "công trình": ["công trình"],
    "căn": ["căn"],
}
SCALE = {"tỷ": ("tỷ đồng", 9), "triệu": ("triệu đồng", 6), "nghìn": ("nghìn đồng", 3), "đồng": ("đồng", 0)}
HEDGES = ["gần", "hơn", "trên", "khoảng", "xấp xỉ"]
MARKS = ["*", "**", "(1)", " (2)", "¹", "(*)"]

#              group                                       point
CONVENTIONS = {
    "vi":       (["."],                                    ","),
    "en":       ([","],                                    "."),
    "vi-space": ([" ", "\u00a0", "\u2009", "\u202f"],      ","),
    "en-space": ([" ", "\u00a0", "\u2009", "\u202f"],      "."),
    "swiss":    (["'", "’"],                               "."),
    "vi-bare":  ([""],                                     ","),
    "en-bare":  ([""],                                     "."),
}


def digits_of(rng, value, convention):
    """Written digits of a value that is not negative."""
    group, point = CONVENTIONS[convention]
    group = rng.choice(group)
    whole, _, rest = format(value, "f").partition(".")
    reverse = whole[::-1]
    whole = group.join(reverse[i:i + 3] for i in range(0, len(reverse), 3))[::-1] if len(group) < 2 else whole
    return whole + (point + rest if rest else "")


def alone_doubtful(text):
    """One dot or comma with three digits behind it: in front of it one to three digits that a group could begin with, or groups
    that spaces or apostrophes made (would the next one have been made otherwise?)."""
    marks = [c for c in text if c in ".,"]
    if len(marks) != 1:
        return False
    before, after = text.replace(",", ".").split(".")
    if len(after) != 3 or before.startswith("0"):
        return False
    return len(before) <= 3 or any(not c.isdigit() for c in before)


def a_value(rng, places):
    length = rng.choice([1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12, 15, 18, 21])
    whole = rng.randrange(10 ** (length - 1), 10 ** length) if rng.random() > 0.08 else 0
    # Zeros within are where readers stumble.
    if rng.random() < 0.3:
        text = list(str(whole))
        for i in range(1, len(text)):
            if rng.random() < 0.6:
                text[i] = "0"
        whole = int("".join(text))
    rest = "".join(rng.choice("0123456789") for _ in range(places))
    return D(f"{whole}.{rest}") if places else D(whole)


def disguised(rng, text):
    """What keyboards, spreadsheets and PDF files do to a text."""
    dice = rng.random()
    if dice < 0.05:
        return unicodedata.normalize("NFD", text)
    if dice < 0.08:
        return "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isdigit() else c for c in text)
    if dice < 0.11:
        return "  " + text + "\u00a0"
    if dice < 0.13 and text[0].isdigit():
        return "'" + text
    return text


def mixed(rng, convention):
    """3.579 tỷ 654 triệu đồng: in the smallest that is named."""
    names = list(SCALE)
    start = rng.randrange(0, 3)
    chosen = names[start:start + rng.choice([2, 2, 2, 3])]
    if len(chosen) < 2:
        chosen = names[1:3]
    parts = [rng.choice([rng.randrange(1, 1000), rng.randrange(1, 100_000)])] + [rng.randrange(1, 1000) for _ in chosen[1:]]
    smallest = SCALE[chosen[-1]]
    value = sum(D(part) * D(10) ** (SCALE[name][1] - smallest[1]) for part, name in zip(parts, chosen))
    south = rng.random() < 0.3
    spelt = {"nghìn": "ngàn" if south else "nghìn", "tỷ": "tỉ" if south else "tỷ"}
    text = " ".join(f"{digits_of(rng, D(part), convention)} {spelt.get(name, name)}" for part, name in zip(parts, chosen))
    if chosen[-1] != "đồng" and rng.random() < 0.6:
        text += " đồng"
    return value, smallest[0], text


def a_line(rng, column, convention, region, places):
    hedge, mark, sureness = "", "", "sure"
    if convention in ("vi", "en", "vi-bare") and rng.random() < 0.1:
        value, measure, text = mixed(rng, convention)
    else:
        kind = rng.choice(["none", "none", "money", "money", "part", "count"])
        if kind == "count":
            places = 0
        value = a_value(rng, places)
        digits = digits_of(rng, value, convention)
        measure = {"none": "", "money": rng.choice(list(MONEY)), "part": rng.choice(list(PARTS)), "count": rng.choice(list(COUNTED))}[kind]
        written = ""
        if measure:
            written = rng.choice((MONEY | PARTS | COUNTED)[measure])
            # Letters stand apart from figures, save for the short ones.
            short = written.startswith((" ", "%", "₫")) or written in ("đ", "trđ", "tr.đ", "ha", "m²", "m2") and rng.random() < 0.5
            written = written if short else rng.choice([" ", "\u00a0"]) + written
        if alone_doubtful(digits) and kind != "count" and measure != "đồng":
            sureness = "doubt"
        # A mean of đồng has decimals, a sum has none: nobody writes three of them.
        if measure == "đồng" and places == 3:
            return a_line(rng, column, convention, region, 2)
        dice = rng.random()
        if dice < 0.08 and value:
            value, text = -value, f"({digits}){written}"
        elif dice < 0.2 and value:
            value, text = -value, rng.choice("-−") + digits + written
        elif dice < 0.26:
            text = "+" + digits + written
        else:
            text = digits + written
            if rng.random() < 0.15:
                hedge = rng.choice(HEDGES)
                text = rng.choice([hedge, hedge.capitalize()]) + " " + text
        if rng.random() < 0.1:
            mark = rng.choice(MARKS)
            if measure == "m²" and mark == "¹":
                mark = "*"
            text += mark
    family = convention.split("-")[0]
    family = "en" if family == "swiss" else family
    style = ";".join([str(column), family, region, sureness, measure, hedge, mark.strip()])
    return f"{value:f}\t{style}\t{disguised(rng, text)}\t{words(value, region)}"


def main():
    seed, lines = int(sys.argv[1]), int(sys.argv[2])
    rng = random.Random(seed)
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    column = 0
    while lines > 0:
        column += 1
        convention = rng.choice(["vi"] * 5 + list(CONVENTIONS))
        region = rng.choice(["north", "south"])
        places = rng.choice([0, 0, 0, 1, 2, 2, 3, 4])
        for _ in range(min(lines, rng.randrange(3, 12))):
            print(a_line(rng, column, convention, region, places))
            lines -= 1


if __name__ == "__main__":
    main()
