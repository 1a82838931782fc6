#!/usr/bin/env python3
"""Writes tests/kit/sheets/corpus: one invented report, by every program that is at hand, with what must be read of it (expected.txt).

Run it twice, since the writers live in two Pythons:
    /usr/bin/python3 tests/kit/sheets/make_corpus.py         # LibreOffice (libreoffice-calc-nogui, python3-uno)
    python3 tests/kit/sheets/make_corpus.py                  # openpyxl, msoffcrypto-tool, xlwt
The expectation comes from REPORT below, not from any reader.
"""
import datetime, os, subprocess, sys, time

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "corpus")
DAY, HOUR, MONTH, LONG = "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "mm/yyyy", 'd" tháng "m" năm "yyyy'
D = datetime.datetime

class C:
    """A cell: kind is text, number, day, time, flag, fault; formula, where it has one; fmt, its number format."""

    def __init__(self, kind, value, fmt=None, formula=None, font="", bold=False, percent=False, places=None):
        self.kind, self.value, self.fmt, self.formula = kind, value, fmt, formula
        self.font, self.bold, self.percent, self.places = font, bold, percent, places

def t(value, **more):
    return C("text", value, **more)

def n(value, places=None, **more):
    fmt = None if places is None else ("#,##0" if places == 0 else "#,##0." + "0" * places)
    return C("number", value, more.pop("fmt", fmt), places=places, **more)

def p(value, places, **more):
    return C("number", value, "0%" if places == 0 else "0." + "0" * places + "%", percent=True, places=places, **more)

def day(value, fmt=DAY):
    return C("time" if fmt == HOUR else "day", value, fmt)

class S:
    def __init__(self, name, cells, merged=(), hidden=False, rows=(), columns=()):
        self.name, self.cells, self.merged, self.hidden = name, cells, merged, hidden
        self.rows, self.columns = rows, columns

def grid(top, left, rows):
    return {(top + r, left + c): cell for r, row in enumerate(rows) for c, cell in enumerate(row) if cell is not None}

REPORT = [
    S(
        "Tổng hợp",
        grid(0, 0, [
            [t("BÁO CÁO DƯ NỢ THEO XÃ", bold=True)],
            [t("Tỉnh Hương Lúa, đến ngày 31/03/2026; đơn vị: triệu đồng")],
            [],
            [t("STT", bold=True), t("Xã", bold=True), t("Dư nợ", bold=True), None, t("Tỷ lệ", bold=True), t("Ngày chốt", bold=True)],
            [None, None, t("Đầu năm"), t("Hiện tại")],
            [n("1"), t("Đông Kiều"), n("61582", 0), n("63120.5", 1), p("0.00624", 3), day(D(2026, 3, 31))],
            [n("2"), t("Bến Gạo"), n("48077", 0), n("49001.25", 2), p("0.991", 1), day(D(2026, 3, 30), MONTH)],
            [t("Cộng cụm 1", bold=True), None, n("109659", 0, formula="=SUM(C6:C7)"), n("112121.75", 2, formula="=SUM(D6:D7)")],
            [n("3"), t("Cầu Mây"), n("30500", 0), n("-12.5", 1), p("1.15", 0), day(D(2026, 3, 31, 10, 18), HOUR)],
            [n("4"), t("Ea H'Mai"), n("0", 0), n("0", 0), C("fault", "#DIV/0!", formula="=D10/C10"), day(D(2026, 2, 28), LONG)],
            [t("Tổng cộng", bold=True), None, n("140159", 0, formula="=C8+C9+C10"), n("112109.25", 2, formula="=D8+D9+D10")],
            [],
            [t("Ghi chú: số liệu chưa kiểm toán.\nXã Ea H'Mai mới thành lập.")],
        ]),
        merged=[(0, 0, 0, 5), (3, 0, 4, 0), (3, 1, 4, 1), (3, 2, 3, 3), (3, 4, 4, 4), (3, 5, 4, 5)],
    ),
    S(
        "Gõ tay",
        grid(0, 0, [
            [t("Chỉ tiêu"), t("Giá trị"), t("Cột ẩn"), t("Ghi chú")],
            [t("Dư nợ"), t("61.582 triệu đồng"), n("7"), t("  thụt vào")],
            [t("Lẻ"), t("1.234,5"), n("8"), t("a & b < c > d \"e\"")],
            [t("Giảm"), t("(12,5)")],
            [t("Không có"), t("-"), None, t("dòng này ẩn")],
            [t("Số hiệu"), t("0012")],
            [t("Tổng lẻ"), n("0.3", formula="=0.1+0.2")],
            [t("Rất lớn"), n("100000000000000000000")],
            [t("Rất nhỏ"), n("0.00000015")],
            [t("Chữ tính ra"), t("Đông Kiều – 4", formula='="Đông Kiều – "&TEXT(2+2;"0")')],
            [t("Đúng"), C("flag", True)],
            [t("Sai"), C("flag", False)],
            [t("Ngoặc kép"), n("1234567.891", 2, fmt='#,##0.00 "đồng"')],
            [t("Kế toán"), n("-5", 1, fmt='_(* #,##0.0_);_(* \\(#,##0.0\\);_(* "-"??_);_(@_)')],
        ]),
        rows=[4], columns=[(2, 2)],
    ),
    S(
        "Phông cũ",
        grid(2, 1, [
            [t("X· §«ng KiÒu", font=".VnTime"), t("XAÕ ÑOÂNG KIEÀU", font="VNI-Times", bold=True)],
            [t("Xã Đông Kiều")],
        ]),
    ),
    S("Trống", {}),
    S("Ẩn đi", grid(0, 0, [[t("Không công bố"), n("42")]]), hidden=True),
]

def a1(row, column):
    return chr(65 + column) + str(row + 1)

def escaped(text):
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")

def told(cell):
    if cell.kind == "flag":
        return "true" if cell.value else "false"
    if cell.kind == "day":
        return cell.value.strftime("%Y-%m-%d")
    if cell.kind == "time":
        return cell.value.strftime("%Y-%m-%d %H:%M:%S")
    return escaped(cell.value)

def expected():
    lines = []
    for sheet in REPORT:
        lines.append("sheet\t" + sheet.name + ("\thidden" if sheet.hidden else ""))
        for top, left, bottom, right in sorted(sheet.merged):
            lines.append(f"merged\t{a1(top, left)}:{a1(bottom, right)}")
        for left, right in sheet.columns:
            lines.append(f"columns\t{left}..{right}\thidden")
        for row, column in sorted(sheet.cells):
            cell = sheet.cells[row, column]
            more = ["per cent"] * cell.percent + ["bold"] * cell.bold + ["hidden"] * (row in sheet.rows)
            more += [f"{cell.places} places"] * (cell.places is not None) + [f"in {cell.font}"] * bool(cell.font)
            lines.append("\t".join([a1(row, column), cell.kind, told(cell), *sorted(more)]))
    return "\n".join(lines) + "\n"

def with_libreoffice():
    import uno
    from com.sun.star.beans import PropertyValue
    from com.sun.star.lang import Locale

    def value(name, of):
        made = PropertyValue()
        made.Name, made.Value = name, of
        return made

    pipe = "pipe,name=corpus%d" % os.getpid()
    office = subprocess.Popen(["soffice", "--headless", "--norestore", "--nologo", f"--accept={pipe};urp;", "-env:UserInstallation=file:///tmp/bangtin-corpus-profile"])
    try:
        resolver = uno.getComponentContext()
        resolver = resolver.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", resolver)
        for _ in range(120):
            try:
                context = resolver.resolve(f"uno:{pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                time.sleep(0.5)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        book = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, (value("Hidden", True),))
        english = Locale("en", "US", "")

        def number_format(code):
            key = book.NumberFormats.queryKey(code, english, False)
            return key if key != -1 else book.NumberFormats.addNew(code, english)

        sheets = book.Sheets
        for at, sheet in enumerate(REPORT):
            sheets.insertNewByName(sheet.name, at)
        while sheets.Count > len(REPORT):
            sheets.removeByName(sheets.getByIndex(len(REPORT)).Name)
        for at, sheet in enumerate(REPORT):
            made = sheets.getByIndex(at)
            for (row, column), cell in sheet.cells.items():
                place = made.getCellByPosition(column, row)
                if cell.fmt:
                    place.NumberFormat = number_format(cell.fmt)
                if cell.formula:
                    place.Formula = cell.formula
                elif cell.kind == "text":
                    place.String = cell.value
                elif cell.kind == "number":
                    place.Value = float(cell.value)
                elif cell.kind == "flag":
                    place.NumberFormat = number_format("BOOLEAN")
                    place.Value = float(cell.value)
                else:
                    place.Value = (cell.value - D(1899, 12, 30)).total_seconds() / 86400
                if cell.font:
                    place.CharFontName = cell.font
                if cell.bold:
                    place.CharWeight = 150.0
            for top, left, bottom, right in sheet.merged:
                made.getCellRangeByPosition(left, top, right, bottom).merge(True)
            for row in sheet.rows:
                made.Rows.getByIndex(row).IsVisible = False
            for left, right in sheet.columns:
                for column in range(left, right + 1):
                    made.Columns.getByIndex(column).IsVisible = False
        for at, sheet in enumerate(REPORT):
            sheets.getByIndex(at).IsVisible = not sheet.hidden
        for name, kind, more in [
            ("lo.ods", "calc8", ()),
            ("lo.xlsx", "Calc MS Excel 2007 XML", ()),
            ("lo.xls", "MS Excel 97", ()),
            ("lo.csv", "Text - txt - csv (StarCalc)", (value("FilterOptions", "59,34,76,1,,0,false,true,false,false,false,0"),)),
            ("lo-comma.csv", "Text - txt - csv (StarCalc)", (value("FilterOptions", "44,34,76,1,,0,false,true,false,false,false,0"),)),
            ("html.xls", "HTML (StarCalc)", ()),
            ("xml2003.xls", "MS Excel 2003 XML", ()),
            ("flat.fods", "OpenDocument Spreadsheet Flat XML", ()),

            ("locked.ods", "calc8", (value("Password", "dongkieu"),)),
            ("locked.xls", "MS Excel 97", (value("Password", "dongkieu"),)),
        ]:
            try:
                book.storeToURL("file://" + os.path.join(HERE, name), (value("FilterName", kind), *more))
            except Exception as error:
                print(name, error)
        book.close(True)
        try:
            desktop.terminate()
        except Exception:
            pass
    finally:
        office.wait(30)

def with_openpyxl():
    import openpyxl
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    book.remove(book.active)
    for sheet in REPORT:
        made = book.create_sheet(sheet.name)
        for (row, column), cell in sheet.cells.items():
            place = made.cell(row + 1, column + 1)
            if cell.kind == "number":
                place.value = float(cell.value) if set(".-") & set(cell.value) else int(cell.value)
            elif cell.kind in ("day", "time", "flag"):
                place.value = cell.value
            else:
                place.value = cell.value
                place.data_type = "e" if cell.kind == "fault" else "s"
            if cell.fmt:
                place.number_format = cell.fmt
            if cell.bold or cell.font:
                place.font = Font(name=cell.font or "Times New Roman", bold=cell.bold)
        for top, left, bottom, right in sheet.merged:
            made.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        for row in sheet.rows:
            made.row_dimensions[row + 1].hidden = True
        for left, right in sheet.columns:
            for column in range(left, right + 1):
                made.column_dimensions[chr(65 + column)].hidden = True
        if sheet.hidden:
            made.sheet_state = "veryHidden"
    book.save(os.path.join(HERE, "openpyxl.xlsx"))

    # Dates from 1904, a text of several fonts, a chart on a tab of its own.
    from openpyxl.chart import BarChart, Reference
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    made = book.active
    made.title = "1904"
    made["A1"] = datetime.date(2026, 3, 31)
    made["A1"].number_format = DAY
    made["A2"] = CellRichText("Xã ", TextBlock(InlineFont(rFont=".VnTime", b=True), "§«ng KiÒu"))
    made["A3"] = 5
    chart = BarChart()
    chart.add_data(Reference(made, min_col=1, min_row=3, max_row=3))
    book.create_chartsheet("Biểu đồ").add_chart(chart)
    book.save(os.path.join(HERE, "openpyxl-1904.xlsx"))

def with_xlwt():
    import xlwt

    book = xlwt.Workbook(encoding="utf-8")
    styles = {}
    for at, sheet in enumerate(REPORT):
        made = book.add_sheet(sheet.name)
        covering = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merged}
        for (row, column), cell in sheet.cells.items():
            key = (cell.fmt, cell.font, cell.bold)
            if key not in styles:
                style = styles[key] = xlwt.XFStyle()
                style.num_format_str = cell.fmt or "General"
                style.font.name, style.font.bold = cell.font or "Arial", cell.bold
            value = float(cell.value) if cell.kind == "number" else cell.value
            if cell.kind == "fault":
                made.row(row).set_cell_error(column, value, styles[key])
            elif (row, column) in covering:
                bottom, right = covering[row, column]
                made.write_merge(row, bottom, column, right, value, styles[key])
            else:
                made.write(row, column, value, styles[key])
        for row in sheet.rows:
            made.row(row).hidden = True
        for left, right in sheet.columns:
            for column in range(left, right + 1):
                made.col(column).hidden = True
        made.visibility = 2 if sheet.hidden else 0
    book.save(os.path.join(HERE, "xlwt.xls"))

    # So many texts that their table goes on in further records, wide and narrow ones in turn; each with a font in it.
    book = xlwt.Workbook(encoding="utf-8")
    made = book.add_sheet("Dài")
    old = xlwt.Font()
    old.name = ".VnTime"
    for row in range(300):
        made.write(row, 0, ("Đông Kiều " if row % 2 else "Ben Gao ") * 8 + str(row))
        made.write_rich_text(row, 1, ["Xa ", ("§«ng KiÒu %d" % row, old)])
        made.write(row, 2, row * 1.5)
    book.save(os.path.join(HERE, "xlwt-long.xls"))

def with_msoffcrypto():
    from msoffcrypto.format.ooxml import OOXMLFile

    with open(os.path.join(HERE, "openpyxl.xlsx"), "rb") as plain, open(os.path.join(HERE, "locked.xlsx"), "wb") as locked:
        OOXMLFile(plain).encrypt("dongkieu", locked)


if __name__ == "__main__":
    os.makedirs(HERE, exist_ok=True)
    with open(os.path.join(HERE, "expected.txt"), "w", encoding="utf-8") as out:
        out.write(expected())
    for make in (with_libreoffice, with_openpyxl, with_msoffcrypto, with_xlwt):
        try:
            make()
        except ModuleNotFoundError as missing:
            print(make.__name__, "not made:", missing)
