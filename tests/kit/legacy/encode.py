#!/usr/bin/env python3
"""Writes tests/legacy/fixture: Vietnamese text in every old encoding, made without the code under test.

TCVN3, VISCII and Windows-1258 come from glibc's iconv, VNI and the list of syllables from the tables below.
`plain.txt` is the source: paragraphs of the invented articles in content/articles, taken once (`encode.py take FOLDER`).
Run without words to write the rest again; nothing in it depends on the day.
"""
import glob, pathlib, random, re, subprocess, sys, unicodedata

HERE = pathlib.Path(__file__).parent / "fixture"
TONED = {
    "a": "àáảãạ", "ă": "ằắẳẵặ", "â": "ầấẩẫậ", "e": "èéẻẽẹ", "ê": "ềếểễệ", "i": "ìíỉĩị",
    "o": "òóỏõọ", "ô": "ồốổỗộ", "ơ": "ờớởỡợ", "u": "ùúủũụ", "ư": "ừứửữự", "y": "ỳýỷỹỵ",
}
VNI = dict(zip(
    "àáảãạâầấẩẫậăằắẳẵặèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ",
    "aø aù aû aõ aï aâ aà aá aå aã aä aê aè aé aú aü aë eø eù eû eõ eï eâ eà eá eå eã eä ì í æ ó ò "
    "oø où oû oõ oï oâ oà oá oå oã oä ô ôø ôù ôû ôõ ôï uø uù uû uõ uï ö öø öù öû öõ öï yø yù yû yõ î ñ".split(),
))
VNI.update({letter.upper(): seen.upper() for letter, seen in list(VNI.items())})
RIMES = """a ai am an ang anh ao au ay ăm ăn ăng âm ân âng âu ây e em en eng eo ê êm ên ênh êu i ia im in inh iu iêm iên
iêng iêu o oi om on ong ô ôi ôm ôn ông ơ ơi ơm ơn u ua ui um un ung uôi uôm uôn uông ư ưa ưi ưng ưu ươi ươm ươn ương ươu
oa oai oan oang oanh oăn oe uân uê uy uya uyên uynh""".split()
STOPPED = "ac ach ap at ăc ăp ăt âc âp ât ec ep et êch êp êt ich ip it iêc iêp iêt oc op ot ôc ôp ôt ơp ơt uc up ut uôc uôt ưc ưt ươc ươp ươt oac oat oăc uât uyêt".split()
BEGINNINGS = "b ch d đ g h kh l m n ng nh ph r s t th tr v x".split()


def iconv(text, table):
    return subprocess.run(["iconv", "-f", "UTF-8", "-t", table], input=text.encode(), capture_output=True, check=True).stdout


def vni(text):
    return "".join(VNI.get(c, c) for c in text).encode("cp1252")


def tcvn3(text):
    """No capitals with a tone; punctuation of Windows as Windows has it, for the standard has none there."""
    small = "".join(c.lower() if len(unicodedata.normalize("NFD", c)) > 1 and c not in "ĂÂÊÔƠƯ" else c for c in text)
    return b"".join(c.encode("cp1252") if c in "“”‘’–—…•€" else iconv_letter(c) for c in small)


LETTERS = {}


def iconv_letter(c):
    if c not in LETTERS:
        LETTERS[c] = iconv(c, "TCVN5712-1")
    return LETTERS[c]


def viscii(text):
    for c, plain in [("“", '"'), ("”", '"'), ("–", "-"), ("—", "-"), ("…", "..."), ("’", "'"), ("‘", "'")]:
        text = text.replace(c, plain)
    return iconv(text, "VISCII")


def toned(rime, tone):
    """Over the letter with a mark; else the old places."""
    marked = [at for at, c in enumerate(rime) if c in "ăâêôơư"]
    vowels = [at for at, c in enumerate(rime) if c in TONED]
    if marked:
        at = marked[-1] if rime[:2] == "ươ" or rime[0] not in "ư" else 0
    elif len(vowels) == 1:
        at = vowels[0]
    elif len(vowels) == 3 or vowels[-1] < len(rime) - 1:
        at = vowels[1]
    else:
        at = vowels[0]
    return rime[:at] + TONED[rime[at]][tone] + rime[at + 1:] if tone < 5 else rime


def syllables():
    chance = random.Random(5712)
    lines = []
    for _ in range(150):
        words = []
        for _ in range(8):
            rime = chance.choice(RIMES + STOPPED)
            beginning = chance.choice([b for b in BEGINNINGS if not (rime[0] in "eêi" and b in ("g", "ng"))])
            word = beginning + toned(rime, chance.choice([1, 4]) if rime in STOPPED else chance.randrange(6))
            words.append(chance.choice([str, str, str.capitalize, str.upper])(word))
        lines.append(" ".join(words))
    return "\n".join(lines) + "\n"


def take(folder):
    paragraphs = []
    for name in sorted(glob.glob(folder + "/*.md")):
        body = pathlib.Path(name).read_text().split("+++")[2]
        found = [p for p in body.split("\n\n") if 150 < len(p) < 700 and not re.search(r"[|<>*#\[`]", p)]
        paragraphs += [" ".join(p.split()) for p in found[:1]]
    text = "\n".join(unicodedata.normalize("NFC", p) for p in paragraphs[:32]) + "\n"
    text = re.sub("[^\x00-\x7e“”‘’–—…" + "".join(VNI) + "\n]", "", text)
    (HERE / "plain.txt").write_text(text)


def write():
    for name, text in [("plain", (HERE / "plain.txt").read_text()), ("syllables", syllables())]:
        (HERE / f"{name}.txt").write_text(text)
        (HERE / f"{name}.tcvn3").write_bytes(tcvn3(text))
        (HERE / f"{name}.vni").write_bytes(vni(text))
        (HERE / f"{name}.viscii").write_bytes(viscii(text))
        (HERE / f"{name}.1258").write_bytes(iconv(text, "WINDOWS-1258"))
        (HERE / f"{name}.utf16le").write_bytes(text.encode("utf-16-le"))
        (HERE / f"{name}.utf16be").write_bytes(text.encode("utf-16-be"))
    letters = " ".join(VNI) + "\n"
    (HERE / "letters.txt").write_text(letters)
    (HERE / "letters.vni").write_bytes(vni(letters))
    (HERE / "letters.viscii").write_bytes(viscii(letters))
    (HERE / "letters.1258").write_bytes(iconv(letters, "WINDOWS-1258"))
    rows = [f"{byte:02x} {bytes([byte]).decode('latin-1')}" for byte in range(0xA0, 0x100)]
    meant = subprocess.run(["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=b"".join(b"%c\n" % b for b in range(0xA0, 0x100)),
                           capture_output=True, check=True).stdout.decode().split("\n")
    (HERE / "tcvn5712.tsv").write_text("".join(f"{row[:2]}\t{c}\n" for row, c in zip(rows, meant)))


if __name__ == "__main__":
    if sys.argv[1:2] == ["take"]:
        take(sys.argv[2])
    write()
