//! A book told line by line, as `make_corpus.py` tells what it wrote.

use bangtin::kit::sheet::{Book, Sheet, Value};

pub fn place(row: u32, column: u32) -> String {
    let letter = |number: u32| char::from(b'A' + number as u8);
    match column {
        ..26 => format!("{}{}", letter(column), row + 1),
        _ => format!("{}{}{}", letter(column / 26 - 1), letter(column % 26), row + 1),
    }
}

pub fn value(value: &Value) -> [String; 2] {
    let escaped = |text: &str| text.replace('\\', "\\\\").replace('\n', "\\n").replace('\t', "\\t");
    let (kind, told) = match value {
        Value::Text(text) => ("text", escaped(text)),
        Value::Number(number) => ("number", number.to_string()),
        Value::Day(day) => ("day", day.to_string()),
        Value::Time(time) => ("time", time.to_string()),
        Value::Flag(flag) => ("flag", flag.to_string()),
        Value::Fault(fault) => ("fault", escaped(fault)),
    };
    [kind.to_owned(), told]
}

pub fn sheet(sheet: &Sheet, lines: &mut Vec<String>) {
    lines.push(format!("sheet\t{}{}", sheet.name, if sheet.hidden { "\thidden" } else { "" }));
    lines.extend(sheet.merged.iter().map(|span| format!("merged\t{}:{}", place(span.top, span.left), place(span.bottom, span.right))));
    lines.extend(sheet.hidden_columns.iter().map(|(from, to)| format!("columns\t{from}..{to}\thidden")));
    for row in &sheet.rows {
        for cell in &row.cells {
            let mut more: Vec<String> = Vec::new();
            more.extend(cell.is_percent.then(|| "per cent".to_owned()));
            more.extend(cell.is_bold.then(|| "bold".to_owned()));
            more.extend(row.hidden.then(|| "hidden".to_owned()));
            more.extend(cell.places.map(|places| format!("{places} places")));
            more.extend((!cell.font.is_empty()).then(|| format!("in {}", cell.font)));
            more.sort();
            lines.push([vec![place(row.at, cell.column)], value(&cell.value).to_vec(), more].concat().join("\t"));
        }
    }
}

pub fn book(book: &Book) -> Vec<String> {
    let mut lines = Vec::new();
    for one in &book.sheets {
        sheet(one, &mut lines);
    }
    lines
}
