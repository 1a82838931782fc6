#!/usr/bin/env python3
"""Fills fuzz/corpus from tests/kit/sheets/corpus: whole files for `sheet`, their parts for `parts` (see wrap.rs for the first byte)."""
import glob, os, zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
PARTS = {
    "xl/workbook.xml": "0",
    "xl/_rels/workbook.xml.rels": "1",
    "xl/styles.xml": "2",
    "xl/sharedStrings.xml": "3",
    "content.xml": "5",
    "styles.xml": "6",
    "META-INF/manifest.xml": "7",
}


def keep(target, name, content):
    folder = os.path.join(HERE, "corpus", target)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "wb") as out:
        out.write(content)


for path in glob.glob(os.path.join(HERE, "..", "tests", "kit", "sheets", "corpus", "*.*")):
    name = os.path.basename(path)
    content = open(path, "rb").read()
    keep("sheet", name, content)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for part in archive.namelist():
                kind = "4" if part.startswith("xl/worksheets/sheet") else PARTS.get(part)
                if kind and not name.startswith("locked"):
                    keep("parts", name + "-" + part.replace("/", "-"), kind.encode() + archive.read(part))
    elif name.endswith(".csv"):
        keep("parts", name, b"8" + content)
    elif name in ("lo.xls", "xlwt.xls", "xlwt-long.xls"):
        import olefile

        with olefile.OleFileIO(path) as container:
            keep("parts", name, b"8" + container.openstream("Workbook").read()[:40000])
